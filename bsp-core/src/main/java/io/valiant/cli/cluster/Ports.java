package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address that nobody listens on now. */
final class Ports {
    private Ports() {}

    /** So many different ones. They are held until all are found, then free again: another process may be faster. */
    static List<Integer> free(int count) throws BspException {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket();
                held.add(socket);
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
                ports.add(socket.getLocalPort());
            }
            return ports;
        } catch (IOException e) {
            throw new BspException(BspException.Kind.RETRIABLE, "cannot find free ports: " + e, e);
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The socket was never connected: there is nothing that closing could lose.
            return;
        }
    }
}
