package io.valiant.graph.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.io.ArrayInput;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a job with a checkpoint at every barrier, and again from each: every run must end the same. */
public final class Recovery {
    /** The sections of programs of every kind. */
    private static final String RUN = "graph";

    private static final String TOPOLOGY = "topology";

    private final FakeJob job;
    private final FakeJob.Result expected;
    private final FakeJob.Result whole;

    private Recovery(FakeJob job) throws Exception {
        this.job = job;
        this.expected = job.run();
        this.whole = job.checkpointing().run();
        same(whole);
        // one fewer than supersteps, unless a master ended the run after a barrier
        long supersteps = expected.facts().get("supersteps");
        assertThat((long) whole.checkpoints().size()).isBetween(supersteps - 1, supersteps);
    }

    /** Does it all; returns the result of the run that had every checkpoint. */
    public static FakeJob.Result of(FakeJob job) throws Exception {
        Recovery recovery = new Recovery(job);
        for (FakeCheckpoint checkpoint : recovery.whole.checkpoints().values()) {
            recovery.inNewJvms(checkpoint);
            if (PrimitiveVertexProgram.class.isAssignableFrom(job.program)) {
                recovery.inKeptJvms(checkpoint);
            }
        }
        recovery.againAndAgain();
        return recovery.whole;
    }

    private void same(FakeJob.Result result) {
        assertThat(result.parts()).usingElementComparator(Arrays::compare).isEqualTo(expected.parts());
        for (String fact : List.of("vertices", "edges", "supersteps")) {
            assertThat(result.facts()).containsEntry(fact, expected.facts().get(fact));
        }
        assertThat(result.facts()).containsOnlyKeys(expected.facts().keySet());
    }

    private void inNewJvms(FakeCheckpoint checkpoint) throws Exception {
        FakeJob.Result result = job.from(checkpoint, List.of()).run();
        same(result);
        SortedMap<Long, FakeCheckpoint> later = whole.checkpoints().tailMap(checkpoint.superstep() + 1);
        assertThat(result.checkpoints().keySet()).isEqualTo(later.keySet());
        later.forEach(
                (superstep, before) -> sameContents(before, result.checkpoints().get(superstep)));
    }

    private void inKeptJvms(FakeCheckpoint checkpoint) throws Exception {
        FakeCheckpoint unread = checkpoint;
        for (int task = 0; task < checkpoint.parts().size(); task++) {
            unread = unread.with(task, TOPOLOGY, bytes -> new byte[0]);
        }
        same(job.from(unread, whole.kept()).run());
    }

    /** One failure after another, in each superstep; each time another JVM is lost. */
    private void againAndAgain() throws Exception {
        FakeJob.Result last = whole;
        for (int lost = 0; !last.checkpoints().isEmpty(); lost++) {
            List<SortedMap<String, Object>> kept = new ArrayList<>(last.kept());
            kept.set(lost % kept.size(), new TreeMap<>());
            FakeCheckpoint first = last.checkpoints().get(last.checkpoints().firstKey());
            last = job.from(first, kept).run();
            same(last);
        }
    }

    private static void sameContents(FakeCheckpoint one, FakeCheckpoint other) {
        for (int task = 0; task < one.parts().size(); task++) {
            FakePart before = one.parts().get(task);
            FakePart after = other.parts().get(task);
            for (String section : List.of("inbox", TOPOLOGY)) {
                assertThat(after.bytes(section)).isEqualTo(before.bytes(section));
            }
            assertThat(withTimes(after.bytes(RUN), 0)).isEqualTo(withTimes(before.bytes(RUN), 0));
        }
    }

    /** Sets both times of a saved run. */
    public static byte[] withTimes(byte[] section, long ns) {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(section);
            ArrayInput in = new ArrayInput(new DataInputStream(bytes), RUN);
            in.readInt();
            in.readText();
            in.readLong();
            byte[] other = section.clone();
            ByteBuffer times = ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN);
            times.position(section.length - bytes.available()).putLong(ns).putLong(ns);
            return other;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
