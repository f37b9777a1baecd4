package io.valiant.protocol.ipc;

import io.valiant.protocol.proto.Grooms.GroomService;
import org.apache.hadoop.ipc.ProtocolInfo;

/** {@link io.valiant.protocol.GroomProtocol} as Hadoop IPC wants it. */
@ProtocolInfo(protocolName = "io.valiant.protocol.GroomProtocol", protocolVersion = 1)
public interface GroomPB extends GroomService.BlockingInterface {}
