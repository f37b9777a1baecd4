package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointState;
import io.valiant.checkpoint.PartOutput;
import io.valiant.checkpoint.PartReader;
import io.valiant.checkpoint.Unread;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeTotals;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.PartWriter;
import io.valiant.io.TextLines;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a task has while it runs: its exchange, input, output, counters, facts and checkpoints. */
final class RunningTask implements TaskContext {
    /** Names of sections. */
    private static final String INBOX = "task.inbox";

    private static final String BOOKS = "task.books";

    private final TaskAssignment assignment;
    private final Settings settings;
    private final FileStores stores;
    private final Exchange exchange;
    private final Consumer<ChildEvent> events;
    private final TaskCounters counters = new TaskCounters();
    private final OutputSegments output;
    private final SideFiles files;
    private final PartOutput.Shared shared = new PartOutput.Shared();

    /** Of the generation before, and for the next. */
    private final SortedMap<String, Object> kept;

    private final SortedMap<String, Object> keeping = new TreeMap<>();

    /** Program's thread only. */
    private final SortedMap<String, Long> facts = new TreeMap<>();

    /** What this run begins from; null where it begins anew. */
    private PartReader restored;

    private volatile String phase = "loading";

    /**
     * @param events takes what becomes of checkpoints
     * @param kept of the generation before
     * @param files of the job
     */
    RunningTask(
            TaskAssignment assignment,
            FileStores stores,
            Exchange exchange,
            Consumer<ChildEvent> events,
            SortedMap<String, Object> kept,
            SideFiles files) {
        this.assignment = assignment;
        this.settings = new Settings(assignment.spec().settings());
        this.stores = stores;
        this.exchange = Objects.requireNonNull(exchange);
        this.events = events;
        this.kept = kept;
        this.files = files;
        this.output = new OutputSegments(assignment, stores);
    }

    /** Puts back what every task has; the program does the rest. Before the program is made. */
    void restore(PartReader from) throws BspException {
        restored = from;
        shared.refer(from);
        try {
            DataInput books = from.section(BOOKS);
            counters.restore(readCounters(books));
            for (int count = books.readInt(); count > 0; count--) {
                facts.put(books.readUTF(), books.readLong());
            }
            output.restore(books);
            exchange.restoreInbox(from.section(INBOX));
        } catch (IOException e) {
            throw Unread.unfit("cannot restore the inbox and the books of a task", e);
        }
    }

    private static SortedMap<String, SortedMap<String, Long>> readCounters(DataInput in) throws IOException {
        SortedMap<String, SortedMap<String, Long>> groups = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            SortedMap<String, Long> group = new TreeMap<>();
            groups.put(in.readUTF(), group);
            for (int inGroup = in.readInt(); inGroup > 0; inGroup--) {
                group.put(in.readUTF(), in.readLong());
            }
        }
        return groups;
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
    public FileStores stores() {
        return stores;
    }

    @Override
    public Path file(String name) throws BspException {
        return files.find(name, assignment.spec().data().files());
    }

    @Override
    public PartWriter output() throws BspException {
        if (assignment.spec().output() == null) {
            throw BspException.user(
                    "job %s has no output folder; give it one with BspJob.output",
                    assignment.attempt().job());
        }
        return output;
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
    public CheckpointInput restored() {
        return restored;
    }

    /** An interrupt that the program has left behind waits meanwhile: it would close the files. */
    @Override
    public void checkpoint(CheckpointState state) throws BspException {
        if (assignment.checkpoints() == null) {
            throw new IllegalStateException(attempt() + " has nowhere to write checkpoints to");
        }
        boolean interrupted = Thread.interrupted();
        try {
            output.cut();
            write(state, exchange.superstep());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(CheckpointState state, long superstep) throws BspException {
        // Not tried again: all would wait for it, and there will be another checkpoint.
        try (PartOutput out = PartOutput.create(
                stores.once(),
                assignment.checkpoints(),
                assignment.attempt().job(),
                assignment.generation(),
                superstep,
                assignment.attempt().task(),
                assignment.spec().tasks(),
                shared)) {
            exchange.saveInbox(out.section(INBOX));
            saveBooks(out.section(BOOKS));
            state.save(out);
            events.accept(new ChildEvent.Checkpointed(assignment.generation(), superstep, out.finish()));
        } catch (IOException | BspException e) {
            BspException told = Failures.find(e, BspException.class);
            if (told != null && told.kind() == BspException.Kind.FENCED) {
                throw told;
            }
            checkpointFailed(superstep, e);
        }
    }

    private void saveBooks(DataOutput out) throws IOException {
        SortedMap<String, SortedMap<String, Long>> groups = counters.values();
        out.writeInt(groups.size());
        for (var group : groups.entrySet()) {
            out.writeUTF(group.getKey());
            saveValues(group.getValue(), out);
        }
        saveValues(facts, out);
        output.save(out);
    }

    private static void saveValues(SortedMap<String, Long> values, DataOutput out) throws IOException {
        out.writeInt(values.size());
        for (var value : values.entrySet()) {
            out.writeUTF(value.getKey());
            out.writeLong(value.getValue());
        }
    }

    private void checkpointFailed(long superstep, Exception e) {
        String reason = Failures.line(e);
        System.err.println("[" + attempt() + " g" + assignment.generation() + "] no checkpoint before superstep "
                + superstep + ", which by itself ends no program: " + reason);
        events.accept(new ChildEvent.CheckpointFailed(assignment.generation(), superstep, reason));
    }

    @Override
    public void keep(String name, Object value) {
        keeping.put(name, value);
    }

    @Override
    public Object kept(String name) {
        return kept.remove(name);
    }

    /** What this generation leaves to the next. */
    SortedMap<String, Object> keeping() {
        return keeping;
    }

    @Override
    public String attempt() {
        return assignment.attempt().toString();
    }

    /** Closes the part (an empty one where nothing was written) and tells what the task leaves. */
    TaskResult finish(long lastSuperstep) throws BspException {
        List<OutputPart> parts = new ArrayList<>();
        if (assignment.spec().output() != null) {
            parts.addAll(output.finish());
        }
        return new TaskResult(parts, counters.values(), lastSuperstep, facts);
    }

    /** Writes no more; what is open is there until this is abandoned. */
    void giveUp() throws BspException {
        output.giveUp();
    }

    /** Gives up what is open, after a failure, and removes it. */
    void abandon() throws BspException {
        output.abandon();
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
                totals.spilledBytes(),
                totals.refused());
    }
}
