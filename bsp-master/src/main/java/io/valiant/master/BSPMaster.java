package io.valiant.master;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.SecureRandomSource;
import io.valiant.config.BspConfiguration;
import io.valiant.config.Role;
import io.valiant.config.SiteFile;
import io.valiant.protocol.ipc.IpcConnections;
import io.valiant.time.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** Main of the master daemon: {@code BSPMaster --config DIR}. */
public final class BSPMaster {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private BSPMaster() {}

    /** Runs until the process is told to end, or the master cannot go on: one line on stderr then, and exit code 1. */
    public static void main(String[] args) {
        if (args.length != 2 || !args[0].equals("--config")) {
            System.err.println("usage: BSPMaster --config DIR; see bin/start-master.sh");
            System.exit(WRONG_USAGE);
        }
        CompletableFuture<String> failure = new CompletableFuture<>();
        try {
            BspConfiguration configuration =
                    SiteFile.load(Path.of(args[1]), new TreeMap<>()).checkServers(EnumSet.of(Role.MASTER));
            PidFiles pidFiles = new PidFiles(System.getProperty("bsp.pid.dir"));
            IpcConnections grooms = new IpcConnections("master", CONNECT_TIMEOUT, CALL_TIMEOUT);
            MasterSetup setup =
                    new MasterSetup(configuration, new SecureRandomSource(), SystemClock.INSTANCE, grooms::groom);
            MasterDaemon master = new MasterDaemon(setup, failure::complete);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(master, grooms, pidFiles), "stop"));
            master.start();
            pidFiles.writePid();
            pidFiles.writeReady("rpc=" + master.rpcAddress() + " http=" + master.httpAddress());
        } catch (BspException e) {
            failure.complete(e.getMessage());
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(BSPMaster.class).error("[master] cannot start", e);
            failure.complete("the master cannot start: " + e + "; see the log");
        }
        System.err.println(failure.join());
        System.exit(FAILED);
    }

    private static void stop(MasterDaemon master, IpcConnections grooms, PidFiles pidFiles) {
        master.close();
        grooms.close();
        pidFiles.remove();
    }
}
