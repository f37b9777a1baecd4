package io.valiant.protocol.ipc;

import io.valiant.protocol.proto.Clients.ClientService;
import org.apache.hadoop.ipc.ProtocolInfo;

/** {@link io.valiant.protocol.ClientProtocol} as Hadoop IPC wants it. */
@ProtocolInfo(protocolName = "io.valiant.protocol.ClientProtocol", protocolVersion = 1)
public interface ClientPB extends ClientService.BlockingInterface {}
