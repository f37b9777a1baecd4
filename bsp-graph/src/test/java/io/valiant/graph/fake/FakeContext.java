package io.valiant.graph.fake;

import io.valiant.bsp.Counter;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointState;
import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSettings;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.PartWriter;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.TaskAssignment;
import io.valiant.task.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One task of a {@link FakeJob}. */
final class FakeContext implements TaskContext {
    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    final SortedMap<String, Long> facts = new TreeMap<>();
    final SortedMap<String, Long> counters = new TreeMap<>();
    /** What it has written of checkpoints, by the superstep that computes next. */
    final SortedMap<Long, FakePart> parts = new TreeMap<>();
    /** What this generation keeps for the next. */
    final SortedMap<String, Object> keeping = new TreeMap<>();

    private final FakeJob job;
    private final int index;
    private final Exchange exchange;
    private final CheckpointInput from;
    private final SortedMap<String, Object> kept;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    FakeContext(FakeJob job, int index, Exchange exchange) {
        this.from = job.from == null ? null : job.from.parts().get(index).input();
        this.kept = job.kept.isEmpty() ? new TreeMap<>() : job.kept.get(index);
        this.job = job;
        this.index = index;
        this.exchange = exchange;
    }

    @Override
    public TaskAssignment assignment() {
        SortedMap<String, String> configuration = new TreeMap<>();
        configuration.put("bsp.task.threads", Integer.toString(job.threads));
        JobSpec spec = new JobSpec(
                "fake",
                "tester",
                null,
                null,
                GraphSettings.JOB_TYPE,
                job.program.getName(),
                null,
                null,
                List.of(),
                job.tasks,
                job.inputs.entrySet().stream()
                        .map(input -> new JobInput(input.getKey(), input.getValue().name, JobInput.TEXT))
                        .toList(),
                null,
                false,
                new TreeMap<>(job.settings),
                configuration,
                new TreeMap<>(),
                new TreeMap<>(),
                1 << 20,
                List.of(),
                0,
                null,
                1,
                0);
        return new TaskAssignment(new AttemptId(new JobId("fake"), index, 1), job.generation, spec, List.of());
    }

    @Override
    public Settings settings() {
        return new Settings(job.settings);
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public List<InputSplit> splits(String input) {
        FakeFile file = job.file(input);
        return file == null ? List.of() : file.splits(input, index, job.tasks);
    }

    @Override
    public LineReader openLines(InputSplit split) {
        return job.file(split.input()).lines(split);
    }

    @Override
    public FileStores stores() {
        return new FileStores(new TreeMap<>());
    }

    @Override
    public Path file(String name) {
        throw new UnsupportedOperationException("a fake job has no side files");
    }

    @Override
    public PartWriter output() {
        return new PartWriter() {
            @Override
            public void write(byte[] bytes, int from, int count) {
                output.write(bytes, from, count);
            }

            @Override
            public long segmentBytes() {
                return output.size();
            }
        };
    }

    @Override
    public Counter counter(String group, String name) {
        return new Counter() {
            @Override
            public void add(long amount) {
                counters.merge(name, amount, Long::sum);
            }

            @Override
            public long value() {
                return counters.getOrDefault(name, 0L);
            }
        };
    }

    @Override
    public void fact(String name, long value) {
        facts.put(name, value);
    }

    @Override
    public void phase(String phase) {}

    @Override
    public CheckpointInput restored() {
        return from;
    }

    /** Puts back what every task has; before the program. */
    void restore() throws IOException {
        if (from != null) {
            ((FakeExchange) exchange).startAt(from.superstep());
            exchange.restoreInbox(from.section("inbox"));
        }
    }

    @Override
    public void checkpoint(CheckpointState state) {
        if (!((FakeExchange) exchange).isTaking()) {
            throw new AssertionError("a checkpoint that was not asked for");
        }
        FakePart.Output out = new FakePart.Output("t" + index + "-g" + job.generation, files);
        try {
            exchange.saveInbox(out.section("inbox"));
            state.save(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (parts.put(exchange.superstep(), out.part(exchange.superstep())) != null) {
            throw new AssertionError("twice a checkpoint of superstep " + exchange.superstep());
        }
    }

    @Override
    public void keep(String name, Object value) {
        keeping.put(name, value);
    }

    @Override
    public Object kept(String name) {
        return kept.get(name);
    }

    @Override
    public String attempt() {
        return "fake_t" + index + "_a1";
    }
}
