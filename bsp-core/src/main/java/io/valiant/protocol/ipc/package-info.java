/**
 * Protocols over Hadoop IPC (ProtobufRpcEngine2): {@link io.valiant.protocol.ipc.IpcServer} on one side, clients of each
 * protocol on the other. Messages are translated to the records of {@code io.valiant.protocol} at the edge. No thread waits
 * for an answer on either side: servers answer later, clients get futures. Nothing is sent twice by itself; every call has a
 * time-out.
 */
package io.valiant.protocol.ipc;
