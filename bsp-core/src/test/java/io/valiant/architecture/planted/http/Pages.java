package io.valiant.architecture.planted.http;

import org.eclipse.jetty.server.Server;

/** May know Jetty. */
public final class Pages {
    public Server server() {
        return new Server();
    }
}
