package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeTotals;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.PartFile;
import io.valiant.io.PartWriter;
import io.valiant.io.TextLines;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a task has while it runs: its exchange, input, output part, counters and facts. */
final class RunningTask implements TaskContext {
    private final TaskAssignment assignment;
    private final Settings settings;
    private final FileStores stores;
    private final Exchange exchange;
    private final TaskCounters counters = new TaskCounters();

    /** Program's thread only. */
    private final SortedMap<String, Long> facts = new TreeMap<>();

    private PartFile part;

    private volatile String phase = "loading";

    RunningTask(TaskAssignment assignment, FileStores stores, Exchange exchange) {
        this.assignment = assignment;
        this.settings = new Settings(assignment.spec().settings());
        this.stores = stores;
        this.exchange = Objects.requireNonNull(exchange);
    }

    @Override
    public TaskAssignment assignment() {
        return assignment;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public List<InputSplit> splits(String input) {
        List<InputSplit> splits = new ArrayList<>();
        for (InputSplit split : assignment.splits()) {
            if (split.input().equals(input)) {
                splits.add(split);
            }
        }
        return splits;
    }

    @Override
    public LineReader openLines(InputSplit split) throws BspException {
        return TextLines.open(stores, split);
    }

    @Override
    public PartWriter output() throws BspException {
        if (assignment.spec().output() == null) {
            throw BspException.user(
                    "job %s has no output folder; give it one with BspJob.output",
                    assignment.attempt().job());
        }
        return part();
    }

    private PartFile part() throws BspException {
        if (part == null) {
            part = PartFile.create(stores, assignment.spec().output(), assignment.attempt(), assignment.generation());
        }
        return part;
    }

    @Override
    public Counter counter(String group, String name) {
        return counters.counter(group, name);
    }

    @Override
    public void fact(String name, long value) {
        facts.put(name, value);
    }

    @Override
    public void phase(String now) {
        phase = now;
    }

    @Override
    public String attempt() {
        return assignment.attempt().toString();
    }

    /** Closes the part (an empty one where nothing was written) and tells what the task leaves. */
    TaskResult finish(long lastSuperstep) throws BspException {
        List<OutputPart> parts = new ArrayList<>();
        if (assignment.spec().output() != null) {
            parts.add(part().finish());
        }
        return new TaskResult(parts, counters.values(), lastSuperstep, facts);
    }

    /** Gives up what is open, after a failure. */
    void abandon() throws BspException {
        if (part != null) {
            part.close();
        }
    }

    /** The task's account of itself; superstep and barrier are the core's to tell. Any thread. */
    AttemptProgress progress() {
        Runtime runtime = Runtime.getRuntime();
        ExchangeTotals totals = exchange.totals();
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new AttemptProgress(
                0,
                false,
                phase,
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory(),
                cpu.toNanos(),
                totals.messagesSent(),
                totals.bytesSent(),
                totals.spilledBytes());
    }
}
