package io.valiant.graph.fake;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.engine.GraphProgramFactory;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.protocol.InputSplit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A graph job whose tasks are threads of this JVM. */
public final class FakeJob {
    final Class<?> program;
    final SortedMap<String, String> settings = new TreeMap<>();
    int tasks = 1;
    int threads = 1;
    long generation;
    FakeCheckpoint from;
    List<SortedMap<String, Object>> kept = List.of();
    private boolean checkpoints;
    private long seed = 1;
    private Network network = Network.FAKE;
    private long memoryShare = 64 << 20;
    /** By input, in the order in which they were given. */
    final Map<String, FakeFile> inputs = new LinkedHashMap<>();

    private FakeJob(Class<?> program) {
        this.program = program;
    }

    public static FakeJob of(Class<?> program) {
        return new FakeJob(program);
    }

    public FakeJob graph(String vertexText, String edgeText) {
        inputs.put(GraphSettings.VERTICES, FakeFile.of("test.v", vertexText));
        inputs.put(GraphSettings.EDGES, FakeFile.of("test.e", edgeText));
        return this;
    }

    public FakeJob graph(Path vertexFile, Path edgeFile) {
        inputs.put(GraphSettings.VERTICES, FakeFile.of(vertexFile));
        inputs.put(GraphSettings.EDGES, FakeFile.of(edgeFile));
        return this;
    }

    /** Another input. */
    public FakeJob input(String name, String text) {
        inputs.put(name, FakeFile.of(name + ".txt", text));
        return this;
    }

    /** A binary graph instead of all other inputs. */
    public FakeJob binary(Path file) {
        inputs.clear();
        inputs.put(GraphSettings.BINARY, FakeFile.named(file.toString()));
        return this;
    }

    /** Reads its graph as one parser would. */
    public GraphInput read(GraphFormat format) throws BspException {
        return new GraphInput(
                        split -> file(split.input()).lines(split),
                        format,
                        splits(GraphSettings.VERTICES),
                        splits(GraphSettings.EDGES),
                        splits(GraphSettings.ADJACENCY))
                .read();
    }

    private List<InputSplit> splits(String input) {
        return inputs.containsKey(input) ? file(input).splits(input, 0, 1) : List.of();
    }

    /** How many bytes of messages may lie in memory once they are read, over a fake network; 64 MiB unless told. */
    public FakeJob memoryShare(long bytes) {
        memoryShare = bytes;
        return this;
    }

    public FakeJob set(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    public FakeJob tasks(int count) {
        tasks = count;
        return this;
    }

    /** Parsers in each task. */
    public FakeJob threads(int count) {
        threads = count;
        return this;
    }

    /** For delays at barriers. */
    public FakeJob seed(long value) {
        seed = value;
        return this;
    }

    /** What the tasks talk over; a fake with chance delays unless told. */
    public FakeJob over(Network value) {
        network = value;
        return this;
    }

    /** Takes a checkpoint at every barrier that allows it. */
    public FakeJob checkpointing() {
        checkpoints = true;
        return this;
    }

    /** Begins from a checkpoint; {@code keptObjects}, by task, is what JVMs have kept, none if empty. */
    public FakeJob from(FakeCheckpoint checkpoint, List<SortedMap<String, Object>> keptObjects) {
        from = checkpoint;
        kept = keptObjects;
        return this;
    }

    /** Lets parsers of later parts of the edge file never come to its end. */
    public FakeJob endlessEdges() {
        inputs.get(GraphSettings.EDGES).becomeEndless();
        return this;
    }

    /** Readers of its files that nobody has closed. */
    public int openReaders() {
        return inputs.values().stream().mapToInt(file -> file.open.get()).sum();
    }

    FakeFile file(String input) {
        return inputs.get(input);
    }

    /**
     * What the job left.
     *
     * @param parts by task
     * @param facts task 0's
     * @param checkpoints by superstep
     * @param kept what each task's JVM keeps for the next generation
     * @param counters added up over tasks
     */
    public record Result(
            List<byte[]> parts,
            SortedMap<String, Long> facts,
            SortedMap<Long, FakeCheckpoint> checkpoints,
            List<SortedMap<String, Object>> kept,
            SortedMap<String, Long> counters) {
        /** A counter, added up; 0 if nobody counted. */
        public long counter(String name) {
            return counters.getOrDefault(name, 0L);
        }

        /** Values by id; every id must be there once. */
        public SortedMap<String, String> values() {
            SortedMap<String, String> values = new TreeMap<>();
            for (byte[] part : parts) {
                new String(part, StandardCharsets.UTF_8).lines().forEach(line -> {
                    int blank = line.indexOf(' ');
                    if (values.put(line.substring(0, blank), line.substring(blank + 1)) != null) {
                        throw new AssertionError("twice in the output: " + line);
                    }
                });
            }
            return values;
        }
    }

    /** Runs it, each time in another generation; throws what the first task to fail threw, unless that was because of another. */
    public Result run() throws BspException {
        generation++;
        try (Exchanges exchanges = Exchanges.over(network, tasks, seed, checkpoints, memoryShare)) {
            return run(exchanges);
        }
    }

    private Result run(Exchanges exchanges) throws BspException {
        List<FakeContext> contexts = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Throwable[] failures = new Throwable[tasks];
        for (int i = 0; i < tasks; i++) {
            Exchange exchange = exchanges.get(i);
            FakeContext context = new FakeContext(this, i, exchange);
            contexts.add(context);
            int index = i;
            threads.add(new Thread(
                    () -> {
                        try {
                            exchanges.connect(index);
                            context.restore();
                            new GraphProgramFactory().create(program, context).run();
                        } catch (Throwable t) {
                            failures[index] = t;
                            exchange.close();
                        }
                    },
                    "task " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throwFirst(failures);
        SortedMap<String, Long> counters = new TreeMap<>();
        contexts.forEach(context -> context.counters.forEach((name, count) -> counters.merge(name, count, Long::sum)));
        return new Result(
                contexts.stream().map(context -> context.output.toByteArray()).toList(),
                contexts.get(0).facts,
                checkpoints(contexts),
                contexts.stream().map(context -> context.keeping).toList(),
                counters);
    }

    private static SortedMap<Long, FakeCheckpoint> checkpoints(List<FakeContext> contexts) {
        SortedMap<Long, FakeCheckpoint> all = new TreeMap<>();
        for (FakeContext context : contexts) {
            if (!context.parts.keySet().equals(contexts.get(0).parts.keySet())) {
                throw new AssertionError("not the same checkpoints in all tasks");
            }
        }
        for (long superstep : contexts.get(0).parts.keySet()) {
            List<FakePart> parts = contexts.stream()
                    .map(context -> context.parts.get(superstep))
                    .toList();
            all.put(superstep, new FakeCheckpoint(superstep, parts));
        }
        return all;
    }

    private static void throwFirst(Throwable[] failures) throws BspException {
        for (Throwable failure : failures) {
            if (failure != null && !isConsequence(failure)) {
                if (failure instanceof BspException told) {
                    throw told;
                }
                if (failure instanceof RuntimeException thrown) {
                    throw thrown;
                }
                throw new AssertionError(failure);
            }
        }
    }

    private static boolean isConsequence(Throwable failure) {
        return failure instanceof BspException told && told.kind() == BspException.Kind.FENCED;
    }
}
