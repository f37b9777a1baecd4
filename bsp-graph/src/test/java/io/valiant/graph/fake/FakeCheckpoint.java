package io.valiant.graph.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A whole checkpoint.
 *
 * @param superstep that computes next, as exchanges count
 * @param parts by task
 */
public record FakeCheckpoint(long superstep, List<FakePart> parts) {
    /** The same with a section of one task changed. */
    public FakeCheckpoint with(int task, String section, UnaryOperator<byte[]> change) {
        List<FakePart> others = new ArrayList<>(parts);
        others.set(task, parts.get(task).with(section, change));
        return new FakeCheckpoint(superstep, others);
    }
}
