package io.valiant.bsp;

import io.valiant.task.peer.MessageType;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/** Writes down what a job's peers sent. Of a superstep that is computed again the last time counts. Used in turns. */
final class TestRecorder {
    private static final Comparator<TestMessage> AS_DELIVERED =
            Comparator.comparingInt(TestMessage::to).thenComparingInt(TestMessage::from);

    /** How messages are read; null where they are not. */
    private final MessageType<Writable> type;

    private final SortedMap<Long, Step> steps = new TreeMap<>();

    private static final class Step {
        private final long generation;
        private final long messages;
        private final List<TestMessage> read = new ArrayList<>();
        private long bytes;

        private Step(long generation, long messages) {
            this.generation = generation;
            this.messages = messages;
        }
    }

    /** @param type class of messages; null where they are the engine's own */
    TestRecorder(MessageType<Writable> type) {
        this.type = type;
    }

    boolean readsMessages() {
        return type != null;
    }

    /**
     * A barrier has opened for one peer.
     *
     * @param messages of all peers
     * @param bytes that came to this one
     */
    void opened(long generation, long superstep, long messages, long bytes) {
        Step step = steps.get(superstep);
        if (step == null || step.generation < generation) {
            steps.tailMap(superstep).clear();
            step = new Step(generation, messages);
            steps.put(superstep, step);
        }
        step.bytes += bytes;
    }

    /** What one peer sent to another in the superstep whose barrier has opened. */
    void received(long superstep, int from, int to, long count, DataInput in) throws IOException {
        Step step = steps.get(superstep);
        for (long i = 0; i < count; i++) {
            try {
                Writable message = type.make();
                message.readFields(in);
                step.read.add(new TestMessage(superstep, from, to, message));
            } catch (BspException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    List<TestSuperstep> supersteps() {
        List<TestSuperstep> all = new ArrayList<>();
        steps.forEach(
                (superstep, step) -> all.add(new TestSuperstep(superstep, step.generation, step.messages, step.bytes)));
        return List.copyOf(all);
    }

    List<TestMessage> messages() {
        List<TestMessage> all = new ArrayList<>();
        for (Step step : steps.values()) {
            step.read.sort(AS_DELIVERED);
            all.addAll(step.read);
        }
        return List.copyOf(all);
    }
}
