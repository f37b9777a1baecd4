package io.valiant.protocol.ipc;

import io.valiant.config.HostPort;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ErrorCode;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RpcNoSuchMethodException;
import org.apache.hadoop.ipc.RpcNoSuchProtocolException;

/** What Hadoop IPC's exceptions mean to people. */
final class Failures {
    private static final String RPC_VERSION_MISMATCH = "org.apache.hadoop.ipc.RPC$VersionMismatch";

    private Failures() {}

    static CallException explain(String whom, HostPort address, Throwable failure) {
        String who = "the " + whom + " at " + address;
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof RemoteException remote) {
                return remote(who, remote);
            }
            if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
                return unreachable(
                        "no " + whom + " answers at " + address + " (connection refused); is it running?", failure);
            }
            if (e instanceof UnknownHostException) {
                return unreachable("no " + whom + " at " + address + ": the host is not known", failure);
            }
            if (e instanceof SocketTimeoutException) {
                return new CallException(ErrorCode.TIMED_OUT, who + " gave no answer in time", failure);
            }
            if (e instanceof EOFException) {
                return unreachable(who + " closed the connection before it answered", failure);
            }
        }
        return unreachable("the connection to " + who + " broke: " + root(failure), failure);
    }

    private static CallException remote(String who, RemoteException remote) {
        String type = remote.getClassName();
        if (RpcNoSuchMethodException.class.getName().equals(type)
                || RpcNoSuchProtocolException.class.getName().equals(type)
                || RPC_VERSION_MISMATCH.equals(type)) {
            return new CallException(
                    ErrorCode.VERSION, who + " does not know this call; use the same version on both sides", remote);
        }
        String line = remote.getMessage() == null
                ? ""
                : remote.getMessage().lines().findFirst().orElse("");
        return new CallException(ErrorCode.INTERNAL, who + " could not answer: " + withoutClassNames(line), remote);
    }

    private static String withoutClassNames(String line) {
        return line.replaceFirst("^([a-z]\\w*\\.)+[A-Z][\\w$]*(: )?", "");
    }

    private static CallException unreachable(String message, Throwable cause) {
        return new CallException(ErrorCode.UNREACHABLE, message, cause);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
