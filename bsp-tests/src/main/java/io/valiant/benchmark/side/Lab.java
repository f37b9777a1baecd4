package io.valiant.benchmark.side;

import io.valiant.benchmark.machine.PeakMemory;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where everything runs: a folder for files, and our cluster of real daemons, which starts when it is first needed and stays
 * up, idle, while baselines run. Used by one thread; only {@link #close} by another too.
 */
public final class Lab implements AutoCloseable {
    /** Two grooms, as tasks of a cluster are on several machines; room for the widest measure. */
    private static final int GROOMS = 2;

    private static final int SLOTS = 4;
    private static final long LIMIT_S = 3600;

    private final Path home;
    private final Path work;
    private final ClusterShape shape;
    private volatile ClusterFixture cluster;

    /**
     * @param home the checkout, holding {@code bin/}
     * @param work for graphs, outputs and the cluster; exists
     * @param keys {@code bsp.*} keys of the cluster
     */
    public Lab(Path home, Path work, SortedMap<String, String> keys) {
        this.home = home;
        this.work = work;
        this.shape = new ClusterShape(GROOMS, SLOTS, keys, true);
    }

    /** What ran, how long from its start to its end, and with how much memory. */
    record Ran(Outcome outcome, double wallMs, PeakMemory memory) {}

    Path home() {
        return home;
    }

    Path work() {
        return work;
    }

    private ClusterFixture cluster() throws IOException {
        if (cluster == null) {
            cluster = ClusterFixture.start(home, Files.createTempDirectory(work, "cluster-"), shape);
        }
        return cluster;
    }

    /** Starts the cluster, if it is not up: that is no part of any run. */
    public void ready() throws IOException {
        cluster();
    }

    /** The processes of the cluster; none before it is up. */
    public Collection<Long> daemons() {
        return cluster == null ? List.of() : ProcessScan.of(cluster.folder());
    }

    /** {@code bin/bsp --config … WORDS} on the cluster, watching its child JVMs. */
    Ran bsp(List<String> words) throws IOException {
        ClusterFixture up = cluster();
        return run(() -> up.begin(up.conf(), words), command -> () -> ProcessScan.children(up.folder()));
    }

    /** Any command, watching it and what it starts. */
    static Ran process(List<String> words) throws IOException {
        return run(() -> Command.start(words), command -> () -> Stream.concat(
                        Stream.of(command.process()), command.process().descendants())
                .map(ProcessHandle::pid)
                .toList());
    }

    private interface Start {
        Command start() throws IOException;
    }

    private interface Watched {
        Supplier<Collection<Long>> of(Command command);
    }

    private static Ran run(Start start, Watched watched) throws IOException {
        long fromNs = Waits.nowNs();
        Command command = start.start();
        try (PeakMemory memory = new PeakMemory(watched.of(command))) {
            Outcome outcome = command.end(LIMIT_S);
            return new Ran(outcome, (Waits.nowNs() - fromNs) / 1e6, memory);
        }
    }

    /** Stops the cluster. */
    @Override
    public void close() throws IOException {
        ClusterFixture up = cluster;
        cluster = null;
        if (up != null) {
            up.close();
        }
    }
}
