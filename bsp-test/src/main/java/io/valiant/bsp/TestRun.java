package io.valiant.bsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a job did, as values. Immutable. */
public final class TestRun {
    private final JobHandle handle;
    private final JobStatus status;
    private final List<List<String>> outputs;
    private final List<TestSuperstep> supersteps;

    /** Null where they could not be read. */
    private final List<TestMessage> messages;

    TestRun(
            JobHandle handle,
            JobStatus status,
            List<List<String>> outputs,
            List<TestSuperstep> supersteps,
            List<TestMessage> messages) {
        this.handle = handle;
        this.status = status;
        this.outputs = outputs;
        this.supersteps = supersteps;
        this.messages = messages;
    }

    /**
     * The job's handle as whoever submits a job has it, for a test of code that follows jobs by it. The job has ended. Of what
     * was computed before a kill not every superstep need be among its {@link JobHandle#supersteps()}, as in a cluster:
     * {@link #supersteps()} here has them all.
     */
    public JobHandle handle() {
        return handle;
    }

    /** How it ended; with {@link #handle} all there is to ask of a job that did not succeed. */
    public JobStatus status() {
        return status;
    }

    /** Whether it succeeded. */
    public boolean succeeded() {
        return status.state() == JobState.SUCCEEDED;
    }

    /** Why it failed; null if it succeeded. */
    public Cause cause() {
        return status.cause();
    }

    /** How often it was rolled back: once for each kill. */
    public int rollBacks() {
        return status.rollbacks();
    }

    /** The lines that each task has written, by task. */
    public List<List<String>> outputs() {
        required();
        return outputs;
    }

    /** The lines of all tasks, task by task. */
    public List<String> lines() {
        required();
        List<String> all = new ArrayList<>();
        outputs.forEach(all::addAll);
        return all;
    }

    /** The lines of all tasks as {@code key<TAB>value} or {@code id value}, by key; no key may come twice. */
    public SortedMap<String, String> values() {
        SortedMap<String, String> values = new TreeMap<>();
        for (String line : lines()) {
            String[] words = line.split("[\t ]", 2);
            if (values.put(words[0], words.length == 2 ? words[1] : "") != null) {
                throw new AssertionError("'" + words[0] + "' is the key of two lines of output");
            }
        }
        return values;
    }

    /** Counters by group and name, without the engine's own. */
    public Map<String, SortedMap<String, Long>> counters() {
        required();
        Map<String, SortedMap<String, Long>> own = new TreeMap<>(status.counters());
        own.remove("bsp");
        return own;
    }

    /** A counter's value; 0 where nobody has counted. */
    public long counter(String group, String name) {
        required();
        Map<String, Long> inGroup = status.counters().get(group);
        return inGroup == null ? 0 : inGroup.getOrDefault(name, 0L);
    }

    /**
     * The program's supersteps, in order, from 0; that of a last barrier without messages, where all peers say that they have
     * ended, too. What the engine does before, to deal out records by key, is not among them.
     */
    public List<TestSuperstep> supersteps() {
        required();
        return supersteps;
    }

    /**
     * All messages, in the order of delivery: by superstep, receiver, sender, and as sent.
     *
     * @throws UnsupportedOperationException for graph programs, whose messages travel in blocks, and for programs that are not
     *     on the class path of the test
     */
    public List<TestMessage> messages() {
        required();
        if (messages == null) {
            throw new UnsupportedOperationException("the messages of a job of type " + status.type()
                    + " cannot be told one by one; supersteps() has their number");
        }
        return messages;
    }

    private void required() {
        if (!succeeded()) {
            Cause cause = status.cause();
            throw new AssertionError("job " + status.id() + " " + status.state()
                    + (cause == null
                            ? ""
                            : ": " + cause.message() + (cause.exception() == null ? "" : "\n" + cause.exception())));
        }
    }

    /** Null if that run has done the same, else what differs first. */
    String difference(TestRun other) {
        if (succeeded() != other.succeeded()) {
            return "one has succeeded, the other not: " + (cause() == null ? other.cause() : cause()).message();
        }
        if (!succeeded()) {
            return cause().message().equals(other.cause().message()) ? null : "they fail for different reasons";
        }
        for (int task = 0; task < outputs.size(); task++) {
            if (!outputs.get(task).equals(other.outputs.get(task))) {
                return "the output of task " + task + " is " + first(outputs.get(task), other.outputs.get(task));
            }
        }
        if (!counters().equals(other.counters())) {
            return "the counters are " + counters() + " and " + other.counters();
        }
        return null;
    }

    private static String first(List<String> one, List<String> other) {
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        return "in its line " + (line + 1) + " "
                + (line < one.size() ? "'" + one.get(line) + "'" : "at its end") + " and "
                + (line < other.size() ? "'" + other.get(line) + "'" : "at its end");
    }
}
