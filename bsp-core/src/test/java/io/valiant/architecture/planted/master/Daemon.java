package io.valiant.architecture.planted.master;

import io.valiant.architecture.planted.groom.Worker;
import org.eclipse.jetty.server.Server;

/** Imports the other daemon, and Jetty outside its places. */
public final class Daemon {
    public Worker worker() {
        return new Worker();
    }

    public Server server() {
        return new Server();
    }
}
