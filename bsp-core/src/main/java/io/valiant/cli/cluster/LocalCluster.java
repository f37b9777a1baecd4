package io.valiant.cli.cluster;

import io.valiant.bsp.BspException;
import io.valiant.config.BspConfiguration;
import io.valiant.config.SiteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A cluster of real daemons on this machine, under one folder. Used by one thread. */
public final class LocalCluster {
    private static final int MAX_TRIES_FOR_PORTS = 5;

    private final ClusterFolder folder;
    private final Daemons daemons;

    private LocalCluster(ClusterFolder folder) throws BspException {
        this.folder = folder;
        this.daemons = new Daemons(folder, home());
    }

    /** Where {@code bin} and {@code conf} of this software are. */
    private static Path home() throws BspException {
        String home = System.getProperty("bsp.home");
        if (home == null) {
            throw new BspException(
                    BspException.Kind.FATAL, "bsp.home is not set: clusters are started through bin/bsp of a checkout");
        }
        return Path.of(home);
    }

    /** The cluster that was started under that folder before. */
    public static LocalCluster in(Path dir) throws BspException {
        return new LocalCluster(ClusterFolder.existing(dir));
    }

    /**
     * Starts a cluster and returns when every groom is registered. A folder that held a cluster before keeps its addresses
     * and its state. If any daemon does not start, all are stopped again.
     */
    public static LocalCluster start(Path dir, ClusterPlan plan) throws BspException {
        plan.check();
        LocalCluster cluster = new LocalCluster(ClusterFolder.make(dir));
        cluster.refuseIfRunning();
        ClusterFiles files = new ClusterFiles(cluster.folder, plan, home());
        files.chooseAddresses();
        files.write();
        cluster.startOrStop(files);
        return cluster;
    }

    /** Also stops what was started when this process is told to end meanwhile. */
    private void startOrStop(ClusterFiles files) throws BspException {
        Thread hook = new Thread(this::abandon, "abandon-cluster");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            startDaemons(files);
        } catch (BspException e) {
            try {
                stop();
            } catch (BspException also) {
                e.addSuppressed(also);
            }
            throw e;
        } finally {
            withdraw(hook);
        }
    }

    private static void withdraw(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out and the hook is at work: it stops the cluster.
            return;
        }
    }

    private void abandon() {
        try {
            stop();
        } catch (BspException e) {
            System.err.println(e.getMessage());
        }
    }

    /** Whether any daemon of a cluster under that folder runs. */
    public static boolean isRunning(Path dir) throws BspException {
        return Files.isDirectory(dir.resolve("conf")) && in(dir).firstRunning() != null;
    }

    private void refuseIfRunning() throws BspException {
        String running = Files.isDirectory(folder.conf()) ? firstRunning() : null;
        if (running != null) {
            throw BspException.user(
                    "a cluster is already running in %s (%s is process %d); bsp cluster stop --dir %s stops it",
                    folder.root(), running, daemons.pid(running).orElse(0), folder.root());
        }
    }

    private String firstRunning() throws BspException {
        List<String> all = new ArrayList<>(List.of(ClusterFolder.MASTER));
        all.addAll(folder.grooms());
        for (String daemon : all) {
            if (daemons.pid(daemon).isPresent()) {
                return daemon;
            }
        }
        return null;
    }

    private void startDaemons(ClusterFiles files) throws BspException {
        List<String> all = files.daemons();
        startAll(files, all.subList(0, 1));
        startAll(files, all.subList(1, all.size()));
    }

    /** All at a time; those whose port another process has taken meanwhile get others. */
    private void startAll(ClusterFiles files, List<String> wanted) throws BspException {
        List<String> missing = wanted;
        for (int tries = 1; !missing.isEmpty(); tries++) {
            List<Daemons.Work> works = new ArrayList<>();
            for (String daemon : missing) {
                works.add(daemons.start(daemon));
            }
            List<Daemons.Outcome> failures = new ArrayList<>();
            for (Daemons.Work work : works) {
                Daemons.Outcome outcome = work.outcome();
                if (!outcome.succeeded()) {
                    failures.add(outcome);
                }
            }
            missing = new ArrayList<>();
            for (Daemons.Outcome failure : failures) {
                if (!failure.isPortTaken() || tries == MAX_TRIES_FOR_PORTS) {
                    throw BspException.user(
                            "%s did not start: %s; log: %s",
                            failure.daemon(), failure.lastLine(), folder.log(failure.daemon()));
                }
                files.chooseAddresses(failure.daemon());
                missing.add(failure.daemon());
            }
            if (!missing.isEmpty()) {
                files.write();
            }
        }
    }

    /** Stops every daemon and ends what children are left; does nothing where nothing runs. */
    public void stop() throws BspException {
        List<Daemons.Outcome> failures = new ArrayList<>();
        stopAll(folder.grooms(), failures);
        stopAll(List.of(ClusterFolder.MASTER), failures);
        daemons.endLeftovers();
        for (Daemons.Outcome failure : failures) {
            throw BspException.user("%s was not stopped: %s", failure.daemon(), failure.lastLine());
        }
    }

    private void stopAll(List<String> wanted, List<Daemons.Outcome> failures) throws BspException {
        List<Daemons.Work> works = new ArrayList<>();
        for (String daemon : wanted) {
            works.add(daemons.stop(daemon));
        }
        for (Daemons.Work work : works) {
            Daemons.Outcome outcome = work.outcome();
            if (!outcome.succeeded()) {
                failures.add(outcome);
            }
        }
    }

    /** The folder that clients are given with {@code --config}. */
    public Path conf() {
        return folder.conf();
    }

    /** The configuration of that folder. */
    public BspConfiguration configuration() throws BspException {
        return SiteFile.load(folder.conf(), new TreeMap<>());
    }

    ClusterFolder folder() {
        return folder;
    }

    Daemons daemons() {
        return daemons;
    }
}
