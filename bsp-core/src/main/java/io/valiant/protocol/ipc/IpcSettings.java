package io.valiant.protocol.ipc;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeys;
import org.apache.hadoop.ipc.ProtobufRpcEngine2;
import org.apache.hadoop.ipc.RPC;

/** How Hadoop IPC is set up here; nothing of it comes from Hadoop's files. */
final class IpcSettings {
    /** Longest message either side accepts, in bytes. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    /** Calls one process may have under way; far more than grooms and clients together. */
    private static final int MAX_CALLS = 100_000;

    private IpcSettings() {}

    static Configuration forServer() {
        Configuration conf = base();
        conf.setInt(CommonConfigurationKeys.IPC_SERVER_HANDLER_QUEUE_SIZE_KEY, 1000);
        return conf;
    }

    static Configuration forClient(int connectTimeoutMs) {
        Configuration conf = base();
        conf.setInt(CommonConfigurationKeys.IPC_CLIENT_CONNECT_TIMEOUT_KEY, connectTimeoutMs);
        // the callers know when it makes sense to try again
        conf.setInt(CommonConfigurationKeys.IPC_CLIENT_CONNECT_MAX_RETRIES_KEY, 0);
        conf.setInt(CommonConfigurationKeys.IPC_CLIENT_CONNECT_MAX_RETRIES_ON_SOCKET_TIMEOUTS_KEY, 0);
        // a ping is not answered: with it a half-open link would live as long as it can be written to
        conf.setBoolean(CommonConfigurationKeys.IPC_CLIENT_PING_KEY, false);
        conf.setInt(CommonConfigurationKeys.IPC_CLIENT_ASYNC_CALLS_MAX_KEY, MAX_CALLS);
        return conf;
    }

    private static Configuration base() {
        Configuration conf = new Configuration(false);
        conf.setInt(CommonConfigurationKeys.IPC_MAXIMUM_DATA_LENGTH, MAX_MESSAGE_BYTES);
        conf.setInt(CommonConfigurationKeys.IPC_MAXIMUM_RESPONSE_LENGTH, MAX_MESSAGE_BYTES);
        RPC.setProtocolEngine(conf, ClientPB.class, ProtobufRpcEngine2.class);
        RPC.setProtocolEngine(conf, MasterPB.class, ProtobufRpcEngine2.class);
        RPC.setProtocolEngine(conf, GroomPB.class, ProtobufRpcEngine2.class);
        return conf;
    }
}
