package io.valiant.benchmark.side;

import io.valiant.benchmark.machine.CpuTime;
import io.valiant.benchmark.machine.PeakMemory;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.io.LocalTree;
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
 * up, idle, while baselines run. Used by one thread; only {@link #close} by another too, after which nothing runs any more.
 */
public final class Lab implements AutoCloseable {
    /** Two grooms, as tasks of a cluster are on several machines; room for the widest measure. */
    private static final int GROOMS = 2;

    private static final int SLOTS = 4;
    private static final long LIMIT_S = 3600;

    private final Path home;
    private final Path work;
    private final ClusterShape shape;

    // guarded by this
    private ClusterFixture cluster;
    private Command running;
    private boolean keepsFiles;
    private boolean closed;

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

    /**
     * What ran.
     *
     * @param wallMs from its start to its end
     * @param otherCpuS what others than the run, the cluster and this process took of the machine meanwhile
     */
    record Ran(Outcome outcome, double wallMs, double otherCpuS, PeakMemory memory) {}

    Path home() {
        return home;
    }

    Path work() {
        return work;
    }

    private synchronized ClusterFixture cluster() throws IOException {
        open();
        if (cluster == null) {
            cluster = ClusterFixture.start(home, Files.createTempDirectory(work, "cluster-"), shape);
        }
        return cluster;
    }

    /** What was cut short says nothing. */
    private synchronized void open() throws IOException {
        if (closed) {
            throw new IOException("the benchmark was told to end");
        }
    }

    private synchronized Command begin(Start start) throws IOException {
        open();
        running = start.start();
        return running;
    }

    private synchronized void ended() throws IOException {
        running = null;
        open();
    }

    /** Starts the cluster, if it is not up: that is no part of any run. */
    public void ready() throws IOException {
        cluster();
    }

    /** Runs what is no measure, such as a generator of graphs, to its end. */
    void make(List<String> words) throws IOException {
        Outcome outcome = begin(() -> Command.start(words)).end(LIMIT_S);
        ended();
        if (outcome.code() != 0) {
            throw new IOException(String.join(" ", words) + ": " + outcome.told());
        }
    }

    /** {@code bin/bsp --config … WORDS} on the cluster, watching its child JVMs. */
    Ran bsp(List<String> words) throws IOException {
        ClusterFixture up = cluster();
        return run(() -> up.begin(up.conf(), words), command -> () -> ProcessScan.children(up.folder()));
    }

    /** Any command, watching it and what it starts. */
    Ran process(List<String> words) throws IOException {
        return run(
                () -> Command.start(words),
                command -> () -> Stream.concat(
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

    private Ran run(Start start, Watched watched) throws IOException {
        double machineS = CpuTime.machineS();
        double ownS = ownS();
        long fromNs = Waits.nowNs();
        Command command = begin(start);
        try (PeakMemory memory = new PeakMemory(watched.of(command))) {
            Outcome outcome = command.end(LIMIT_S);
            ended();
            double wallMs = (Waits.nowNs() - fromNs) / 1e6;
            double otherCpuS = CpuTime.machineS() - machineS - (ownS() - ownS);
            return new Ran(outcome, wallMs, Math.max(0, otherCpuS), memory);
        }
    }

    /** What this process, those it has waited for and the cluster have used. */
    private double ownS() throws IOException {
        ClusterFixture up = up();
        return CpuTime.ownS() + CpuTime.ofS(up == null ? List.of() : ProcessScan.of(up.folder()));
    }

    private synchronized ClusterFixture up() {
        return cluster;
    }

    /** From now on the cluster's files stay, for whoever looks for what was wrong; where they are. */
    public synchronized String keepFiles() throws IOException {
        keepsFiles = true;
        return "files: " + cluster().folder();
    }

    /** Ends what runs and stops the cluster, once it is up where it is being started; its files go unless they shall stay. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (running != null) {
            running.process().descendants().forEach(ProcessHandle::destroyForcibly);
            running.process().destroyForcibly();
        }
        ClusterFixture up = cluster;
        cluster = null;
        if (up != null) {
            up.close();
            if (!keepsFiles) {
                LocalTree.delete(up.folder());
            }
        }
    }
}
