package io.valiant.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * An address as it is written in configuration: {@code host:port} or {@code [::1]:port}.
 *
 * @param host name or number, without brackets
 * @param port 0 to 65535; 0 where the system shall choose
 */
public record HostPort(String host, int port) {
    public HostPort {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("'" + host + ":" + port + "' is not an address of the form host:port");
        }
    }

    /** Reads what {@link #toString()} writes; throws IllegalArgumentException for any other text. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isBlank() || !port.matches("\\d{1,5}") || (!bracketed && host.indexOf(':') >= 0)) {
            throw new IllegalArgumentException("is not an address of the form host:port");
        }
        if (Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException("has a port above 65535");
        }
        return new HostPort(host, Integer.parseInt(port));
    }

    /** The same host with another port. */
    public HostPort withPort(int other) {
        return new HostPort(host, other);
    }

    /** Looks the host up; the result is unresolved where that fails. May wait for a name server. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    /** Whether only this machine can reach it. May wait for a name server. */
    public boolean isLoopback() throws UnknownHostException {
        return InetAddress.getByName(host).isLoopbackAddress();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
