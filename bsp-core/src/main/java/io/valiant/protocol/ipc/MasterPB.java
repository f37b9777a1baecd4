package io.valiant.protocol.ipc;

import io.valiant.protocol.proto.Grooms.MasterService;
import org.apache.hadoop.ipc.ProtocolInfo;

/** {@link io.valiant.protocol.MasterProtocol} as Hadoop IPC wants it. */
@ProtocolInfo(protocolName = "io.valiant.protocol.MasterProtocol", protocolVersion = 1)
public interface MasterPB extends MasterService.BlockingInterface {}
