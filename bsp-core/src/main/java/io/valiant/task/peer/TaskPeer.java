package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Format;
import io.valiant.bsp.Input;
import io.valiant.bsp.Join;
import io.valiant.bsp.Joined;
import io.valiant.bsp.Messages;
import io.valiant.bsp.Output;
import io.valiant.bsp.Peer;
import io.valiant.bsp.Records;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.Unread;
import io.valiant.exchange.BarrierResult;
import io.valiant.exchange.Exchange;
import io.valiant.protocol.JobSpec;
import io.valiant.task.TaskContext;
import io.valiant.task.data.Inputs;
import io.valiant.task.data.Outputs;
import io.valiant.task.data.Types;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.io.Writable;

/**
 * A running attempt as its program sees it. What it sends goes to an {@link Outbox}, what it
 * was sent lies in {@link InboxMessages}.
 *
 * @param <M> the class of messages
 */
final class TaskPeer<M extends Writable> implements Peer<M> {
    /** Messages that are combined take about this part of an engine's share of memory. */
    private static final int COMBINED = 4;

    /** What the program may do now. */
    enum Stage {
        /** All of it; the program calls the barrier itself. */
        PLAIN,
        /** All but the barrier, which the engine does. */
        SUPERSTEP,
        /** Neither send nor sync: the last words. */
        CLEANUP,
        /** Nothing. */
        OVER
    }

    private static final String SECTION = "peer";

    private final TaskContext context;
    private final Exchange exchange;
    private final InboxMessages<M> inbox;
    private final Outbox<M> outbox;
    private final AggregatorTable aggregators;
    private final Thread owner;
    private final boolean plain;

    private final Types types;
    private final Inputs inputs;

    /** What a program that calls the barrier itself wants saved after the next one; else null. */
    private Writable saved;

    private Stage stage;
    private Output output;

    TaskPeer(TaskContext context, MessageType<M> type, ClassLoader loader, Stage stage) throws BspException {
        JobSpec spec = context.assignment().spec();
        this.context = context;
        this.exchange = context.exchange();
        this.inbox = new InboxMessages<>(exchange, type);
        CombiningOutbox<M> combined = spec.combinerClass() == null
                ? null
                : CombiningOutbox.of(
                        loader, spec.combinerClass(), type, exchange.count(), exchange.memoryShare() / COMBINED);
        this.outbox = new Outbox<>(exchange, type, combined);
        this.types = new ProgramTypes(loader);
        this.inputs = new Inputs(context, types);
        this.aggregators = new AggregatorTable(spec.aggregators());
        this.owner = Thread.currentThread();
        this.stage = stage;
        this.plain = stage == Stage.PLAIN;
        if (context.restored() != null) {
            restore(context.restored());
        }
    }

    private void restore(CheckpointInput from) throws BspException {
        try {
            inputs.restoreDealt(from);
            DataInput in = from.section(SECTION);
            aggregators.restore(in);
            inputs.restore(in);
        } catch (IOException e) {
            throw Unread.unfit("cannot go on with what a peer had read and folded", e);
        }
        inbox.turn();
    }

    /** What comes before superstep 0: records are dealt out by key, the output begins. Nothing in a restored run. */
    void load() throws BspException {
        if (context.restored() == null) {
            inputs.deal();
            output = Outputs.begun(context, types);
        }
    }

    /** Writes a checkpoint; right after the barrier that asked for it. */
    void checkpoint(Writable state) throws BspException {
        context.checkpoint(into -> {
            DataOutput out = into.section(SECTION);
            aggregators.save(out);
            inputs.save(out);
            SavedState.write(state, into);
            inputs.saveDealt(into);
        });
    }

    /** Whether this job has a place for checkpoints. */
    boolean mayCheckpoint() {
        return context.assignment().checkpoints() != null;
    }

    /** Tells with the program's failure at which records of its inputs it was. */
    void tellRecords(Throwable failure) {
        inputs.tellRecords(failure);
    }

    /** Says what the program may do from now on; with nothing left to do its inputs are closed. */
    void stage(Stage next) {
        stage = next;
        if (next == Stage.OVER) {
            inputs.close();
        }
    }

    @Override
    public int index() {
        exchange.checkAlive();
        return exchange.index();
    }

    @Override
    public int count() {
        exchange.checkAlive();
        return exchange.count();
    }

    @Override
    public String name(int index) {
        exchange.checkAlive();
        if (index < 0 || index >= exchange.count()) {
            throw new IllegalArgumentException("peer " + index + " of " + exchange.count() + ": there is none");
        }
        return "peer-" + index;
    }

    @Override
    public long superstep() {
        exchange.checkAlive();
        return exchange.superstep();
    }

    @Override
    public void send(int peer, M message) throws BspException {
        checkSend(peer);
        outbox.send(peer, message);
    }

    @Override
    public void send(String peer, M message) throws BspException {
        send(indexOf(peer), message);
    }

    private int indexOf(String name) throws BspException {
        if (name != null && name.startsWith("peer-")) {
            try {
                int index = Integer.parseInt(name.substring("peer-".length()));
                if (index >= 0 && index < count() && name(index).equals(name)) {
                    return index;
                }
            } catch (NumberFormatException e) {
                throw new BspException(BspException.Kind.USER, unknown(name), e);
            }
        }
        throw new BspException(BspException.Kind.USER, unknown(name));
    }

    private String unknown(String name) {
        return "there is no peer '" + name + "': names are as Peer.name(0) to name(" + (count() - 1) + ") tell them";
    }

    @Override
    public void sendLong(int peer, long value) throws BspException {
        checkSend(peer);
        outbox.sendLong(peer, value);
    }

    @Override
    public void sendLongs(int peer, long[] values, int from, int count) throws BspException {
        checkSend(peer);
        outbox.sendLongs(peer, values, from, count);
    }

    @Override
    public void sendDouble(int peer, double value) throws BspException {
        checkSend(peer);
        outbox.sendDouble(peer, value);
    }

    @Override
    public void sendDoubles(int peer, double[] values, int from, int count) throws BspException {
        checkSend(peer);
        outbox.sendDoubles(peer, values, from, count);
    }

    @Override
    public void sendBytes(int peer, byte[] values, int from, int count) throws BspException {
        checkSend(peer);
        outbox.sendBytes(peer, values, from, count);
    }

    private void checkSend(int peer) throws BspException {
        checkGoing("send");
        if (peer < 0 || peer >= exchange.count()) {
            throw BspException.user("send to peer %d: the job has peers 0 to %d", peer, exchange.count() - 1);
        }
    }

    private void checkGoing(String what) throws BspException {
        checkThread(what);
        if (stage == Stage.CLEANUP || stage == Stage.OVER) {
            throw BspException.user("%s after the end: the program of peer %d has ended", what, index());
        }
    }

    private void checkThread(String what) throws BspException {
        exchange.checkAlive();
        if (Thread.currentThread() != owner) {
            throw BspException.user(
                    "%s in thread '%s': only the program's own thread '%s' may use its peer",
                    what, Thread.currentThread().getName(), owner.getName());
        }
    }

    @Override
    public Messages<M> messages() {
        exchange.checkAlive();
        return inbox;
    }

    @Override
    public void sync() throws BspException {
        checkGoing("sync");
        if (stage == Stage.SUPERSTEP) {
            throw BspException.user("sync in a SuperstepProgram: the engine does the barrier");
        }
        Writable state = saved;
        saved = null;
        BarrierResult result = barrier(false, state != null && mayCheckpoint());
        if (result.takesCheckpoint()) {
            checkpoint(state);
        }
    }

    @Override
    public void save(Writable state) throws BspException {
        checkGoing("save");
        checkPlain("save");
        saved = Objects.requireNonNull(state, "state");
    }

    @Override
    public boolean restored(Writable state) throws BspException {
        checkThread("restored");
        checkPlain("restored");
        if (context.restored() == null) {
            return false;
        }
        SavedState.read(context.restored(), state);
        return true;
    }

    private void checkPlain(String what) throws BspException {
        if (!plain) {
            throw BspException.user("%s in a SuperstepProgram: the engine saves and restores its state", what);
        }
    }

    /**
     * The barrier, for the engine. An interrupt that the program has left behind waits meanwhile: an exchange takes it for
     * the end of the attempt.
     */
    BarrierResult barrier(boolean votesEnd, boolean mayCheckpoint) throws BspException {
        boolean interrupted = Thread.interrupted();
        try {
            return exchanged(votesEnd, mayCheckpoint);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private BarrierResult exchanged(boolean votesEnd, boolean mayCheckpoint) throws BspException {
        outbox.end();
        BarrierResult result = exchange.sync(votesEnd, mayCheckpoint, aggregators.contribution());
        aggregators.fold(result, exchange.count());
        inbox.turn();
        return result;
    }

    @Override
    public Input input() throws BspException {
        exchange.checkAlive();
        return inputs.only();
    }

    @Override
    public Input input(String name) throws BspException {
        exchange.checkAlive();
        return inputs.named(name);
    }

    @Override
    public <K extends Writable, V extends Writable> Records<K, V> input(Format<K, V> format) throws BspException {
        exchange.checkAlive();
        return inputs.only(format);
    }

    @Override
    public <K extends Writable, V extends Writable> Records<K, V> input(String name, Format<K, V> format)
            throws BspException {
        exchange.checkAlive();
        return inputs.named(name, format);
    }

    @Override
    public <K extends Writable> Joined<K> join(Join how, List<? extends Records<K, ?>> joined) throws BspException {
        exchange.checkAlive();
        return inputs.join(how, joined);
    }

    @Override
    public Path file(String name) throws BspException {
        exchange.checkAlive();
        return context.file(name);
    }

    @Override
    public Output output() throws BspException {
        exchange.checkAlive();
        if (output == null) {
            output = Outputs.of(context, types);
        }
        return output;
    }

    @Override
    public Counter counter(String group, String name) {
        exchange.checkAlive();
        return context.counter(group, name);
    }

    @Override
    public void aggregate(String name, long value) throws BspException {
        checkGoing("aggregate");
        aggregators.aggregate(name, value);
    }

    @Override
    public void aggregate(String name, double value) throws BspException {
        checkGoing("aggregate");
        aggregators.aggregate(name, value);
    }

    @Override
    public long aggregatedLong(String name) throws BspException {
        exchange.checkAlive();
        return aggregators.foldedLong(name);
    }

    @Override
    public double aggregatedDouble(String name) throws BspException {
        exchange.checkAlive();
        return aggregators.foldedDouble(name);
    }

    @Override
    public String attempt() {
        exchange.checkAlive();
        return context.attempt();
    }

    @Override
    public long generation() {
        exchange.checkAlive();
        return context.assignment().generation();
    }

    @Override
    public Settings settings() {
        exchange.checkAlive();
        return context.settings();
    }
}
