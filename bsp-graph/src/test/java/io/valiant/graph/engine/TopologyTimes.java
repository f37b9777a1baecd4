package io.valiant.graph.engine;

import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.io.ArrayInput;
import io.valiant.graph.io.ArrayOutput;
import io.valiant.graph.io.GraphGenerator;
import io.valiant.graph.io.GraphShape;
import io.valiant.time.SystemClock;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long each task writes and reads its topology, by hand: {@code TopologyTimes FOLDER [SCALE [TASKS]]}. The graph is
 * made in FOLDER if it is not there. One task at a time, forced to disk, read back from the page cache; no compression.
 */
final class TopologyTimes {
    private static final int ROUNDS = 5;

    private TopologyTimes() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int scale = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 18;
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        if (!Files.exists(folder.resolve(GraphGenerator.EDGE_FILE))) {
            new GraphGenerator(GraphShape.RMAT, scale, 16, 1, false, false).write(folder);
        }
        FakeJob.Result result = FakeJob.of(PageRank.class)
                .graph(folder.resolve(GraphGenerator.VERTEX_FILE), folder.resolve(GraphGenerator.EDGE_FILE))
                .set(GraphSettings.ITERATIONS, 0)
                .tasks(tasks)
                .run();
        System.out.println(result.facts());
        Path file = folder.resolve("topology");
        for (int round = 0; round < ROUNDS; round++) {
            for (SortedMap<String, Object> kept : result.kept()) {
                times((Topology) kept.get(kept.firstKey()), file);
            }
        }
    }

    private static void times(Topology topology, Path file) throws IOException {
        Mark start = Mark.now();
        Mark written;
        try (FileOutputStream to = new FileOutputStream(file.toFile())) {
            TopologySection.write(topology, new ArrayOutput(new DataOutputStream(to)));
            written = Mark.now();
            to.getFD().sync();
        }
        Mark forced = Mark.now();
        Partition partition = topology.partition();
        try (DataInputStream from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            TopologySection.read(
                    new ArrayInput(from, TopologySection.NAME), partition.tasks(), partition.index(), false);
        }
        System.out.printf(
                "task %d: %d vertices, %d bytes: written in %s, forced in %s more, read in %s%n",
                partition.index(),
                partition.size(),
                Files.size(file),
                written.since(start),
                forced.since(written),
                Mark.now().since(forced));
    }

    /** A moment; the time of the thread's own work tells more where others use the machine too. */
    private record Mark(long ns, long workNs) {
        static Mark now() {
            return new Mark(
                    SystemClock.INSTANCE.nanoTime(),
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        }

        String since(Mark before) {
            return TimeUnit.NANOSECONDS.toMillis(ns - before.ns) + " ms (work "
                    + TimeUnit.NANOSECONDS.toMillis(workNs - before.workNs) + " ms)";
        }
    }
}
