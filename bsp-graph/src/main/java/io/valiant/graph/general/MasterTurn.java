package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.graph.DoubleAggregator;
import io.valiant.graph.LongAggregator;
import io.valiant.graph.MasterCompute;
import io.valiant.graph.MasterContext;
import io.valiant.graph.ValueAggregator;
import io.valiant.graph.step.Aggregates;
import java.io.DataOutput;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import org.apache.hadoop.io.Writable;

/** The turn of a program's {@link MasterCompute} between two supersteps: what it is shown, what it has decided. */
final class MasterTurn implements MasterContext {
    private final MasterCompute master;
    private final Settings settings;
    private final Aggregates aggregates;
    long superstep;
    long vertexCount;
    long edgeCount;
    private int phase;
    private boolean halted;

    MasterTurn(MasterCompute master, Settings settings, Aggregates aggregates) throws BspException {
        checkFields(master.getClass());
        this.master = master;
        this.settings = settings;
        this.aggregates = aggregates;
    }

    /** Fields that change and are not saved would be lost in a roll-back. */
    private static void checkFields(Class<?> type) throws BspException {
        for (Class<?> at = type; at != MasterCompute.class; at = at.getSuperclass()) {
            if (saves(at)) {
                return;
            }
            for (Field field : at.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                boolean stays = Modifier.isStatic(modifiers)
                        || Modifier.isFinal(modifiers)
                        || Modifier.isTransient(modifiers)
                        || field.isSynthetic();
                if (!stays) {
                    throw BspException.user(
                            "%s has the field '%s' and does not save it: override write and readFields, or mark it transient"
                                    + " if setup() makes it anew",
                            type.getName(), field.getName());
                }
            }
        }
    }

    private static boolean saves(Class<?> type) {
        try {
            return type.getDeclaredMethod("write", DataOutput.class) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Lets it compute; only in task 0. */
    void compute() throws BspException {
        master.compute(this);
    }

    MasterCompute master() {
        return master;
    }

    /** Writes what the next superstep has to know. */
    void write(ByteBuffer out) throws BspException {
        out.put((byte) (halted ? 1 : 0)).putInt(phase);
        aggregates.writeAll(out);
    }

    /** Takes over what {@link #write} wrote in task 0. */
    void read(ByteBuffer in) throws BspException {
        halted = in.get() != 0;
        phase = in.getInt();
        aggregates.readAll(in);
    }

    boolean hasHalted() {
        return halted;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public long vertexCount() {
        return vertexCount;
    }

    @Override
    public long edgeCount() {
        return edgeCount;
    }

    @Override
    public long superstep() {
        return superstep;
    }

    @Override
    public int phase() {
        return phase;
    }

    @Override
    public void phase(int next) {
        phase = next;
    }

    @Override
    public double aggregated(DoubleAggregator aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public long aggregated(LongAggregator aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public <A extends Writable> A aggregated(ValueAggregator<A> aggregator) {
        return aggregates.get(aggregator);
    }

    @Override
    public void set(DoubleAggregator aggregator, double value) {
        aggregates.set(aggregator, value);
    }

    @Override
    public void set(LongAggregator aggregator, long value) {
        aggregates.set(aggregator, value);
    }

    @Override
    public <A extends Writable> void set(ValueAggregator<A> aggregator, A value) {
        aggregates.set(aggregator, value);
    }

    @Override
    public void haltAll() {
        halted = true;
    }
}
