package io.valiant.groom;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Role;
import io.valiant.config.SiteFile;
import io.valiant.time.SystemClock;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** Main of the worker daemon: {@code GroomServer --config DIR}. */
public final class GroomServer {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private GroomServer() {}

    /** Runs until the process is told to end, or the groom cannot go on: one line on stderr then, and exit code 1. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2 || !args[0].equals("--config")) {
            System.err.println("usage: GroomServer --config DIR; see bin/start-groom.sh");
            System.exit(WRONG_USAGE);
        }
        CompletableFuture<String> failure = new CompletableFuture<>();
        try {
            BspConfiguration configuration =
                    SiteFile.load(Path.of(args[1]), new TreeMap<>()).checkServers(EnumSet.of(Role.GROOM));
            GroomSetup setup = GroomSetup.ofThisProcess(configuration);
            GroomDaemon groom = new GroomDaemon(
                    setup,
                    new IpcGroomLinks(setup, SystemClock.INSTANCE),
                    SystemClock.INSTANCE,
                    new SecureRandomSource(),
                    failure::complete);
            Runtime.getRuntime().addShutdownHook(new Thread(groom::close, "stop"));
            groom.start();
        } catch (BspException e) {
            failure.complete(e.getMessage());
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(GroomServer.class).error("the groom cannot start", e);
            failure.complete("the groom cannot start: " + e + "; see the log");
        }
        System.err.println(failure.join());
        System.exit(FAILED);
    }
}
