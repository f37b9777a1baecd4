package io.valiant.bsp;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.io.Writable;

/**
 * A running attempt as its program sees it. Only the program's thread may call it; misuse (unknown peer, message of
 * another class, sync from another thread, send after the end) is told at once by an exception.
 *
 * @param <M> the class of messages
 */
public interface Peer<M extends Writable> {
    /** This peer's index, 0 to {@code count() - 1}. */
    int index();

    /** How many peers the job has. */
    int count();

    /** The name of the peer with that index. */
    String name(int index);

    /** The superstep now computing, from 0. */
    long superstep();

    /** Sends a message that is there after the next barrier; the object may be used again at once. */
    void send(int peer, M message) throws BspException;

    /** As {@link #send(int, Writable)}, by the peer's name. */
    void send(String peer, M message) throws BspException;

    /** As sending {@code new LongWritable(value)}; M must be LongWritable. */
    void sendLong(int peer, long value) throws BspException;

    /** As sending {@code new DoubleWritable(value)}; M must be DoubleWritable. */
    void sendDouble(int peer, double value) throws BspException;

    /** As sending each value with {@link #sendLong}, in order. */
    void sendLongs(int peer, long[] values, int from, int count) throws BspException;

    /** As sending each value with {@link #sendDouble}, in order. */
    void sendDoubles(int peer, double[] values, int from, int count) throws BspException;

    /** As sending {@code new BytesWritable(...)}; M must be BytesWritable. */
    void sendBytes(int peer, byte[] bytes, int from, int count) throws BspException;

    /** The messages of the superstep before; those not read are dropped at the next {@link #sync()}. */
    Messages<M> messages();

    /** The barrier: all that was sent is delivered, all peers have arrived. */
    void sync() throws BspException;

    /**
     * Offers a state from which this program could go on after the next {@link #sync()}, which may write it down: as it is
     * then, and only if all peers have offered one for the same barrier. After a failure the job begins there instead of at
     * superstep 0: see {@link #restored}. Costs nothing where nothing is written. Only for programs that extend {@link Bsp};
     * the state of a {@link SuperstepProgram} is saved without asking.
     */
    void save(Writable state) throws BspException;

    /**
     * Fills the state that was {@link #save saved}, if this run begins from one: then superstep, messages, inputs, counters,
     * aggregators and output are as they were behind that {@link #sync()}.
     *
     * <pre>
     * Progress at = new Progress();
     * if (!peer.restored(at)) {
     *     at.load(peer.input());
     * }
     * while (!at.isDone()) {
     *     at.step(peer);
     *     peer.save(at);
     *     peer.sync();
     * }
     * </pre>
     *
     * @param state of the class that was saved
     * @return false in a run from superstep 0, which leaves the state as it is
     */
    boolean restored(Writable state) throws BspException;

    /**
     * The records of this task's share of the job's only input, or of the one named {@code input}: the same object whenever
     * it is asked for, {@link Input#reopen()} begins again.
     */
    Input input() throws BspException;

    /** As {@link #input()}, of the input that {@link BspJob#input(String, String)} gave that name. */
    Input input(String name) throws BspException;

    /**
     * As {@link #input()}, with keys and values. A job whose input was given a format other than {@code text} is read by
     * that, which must have the same classes; else by this one.
     */
    <K extends Writable, V extends Writable> Records<K, V> input(Format<K, V> format) throws BspException;

    /** As {@link #input(Format)}, of the input with that name. */
    <K extends Writable, V extends Writable> Records<K, V> input(String name, Format<K, V> format) throws BspException;

    /**
     * Inputs of this task as one, by key. Each has to come in the order of its keys and to have a key in the same task as
     * the others: dealt out by key in the same way ({@link JobInput#HASH}, {@link JobInput#RANGE}, the same class), or
     * written so and read as {@link JobInput#PARTS}, which is checked while it is read. The inputs are begun anew and are the
     * join's from then on.
     *
     * @param inputs of {@link #input(String, Format)}, different ones, two at least
     */
    <K extends Writable> Joined<K> join(Join how, List<? extends Records<K, ?>> inputs) throws BspException;

    /**
     * A file that was given to the job ({@link BspJob#file}, {@code --files}), by its name without folders, as a file of
     * this machine. All tasks of the machine may share it: it is not to be changed.
     */
    Path file(String name) throws BspException;

    /** Where this task's results go. */
    Output output() throws BspException;

    /** A counter, summed over all tasks when the job has succeeded. */
    Counter counter(String group, String name);

    /** Gives a value to a named aggregator declared by {@link BspJob#aggregator}; folded in peer order at the barrier. */
    void aggregate(String name, long value) throws BspException;

    /** As {@link #aggregate(String, long)} for aggregators of doubles. */
    void aggregate(String name, double value) throws BspException;

    /** The value of an aggregator of longs over all peers as of the last barrier. */
    long aggregatedLong(String name) throws BspException;

    /** The value of an aggregator of doubles over all peers as of the last barrier. */
    double aggregatedDouble(String name) throws BspException;

    /** The attempt's id, for logs. */
    String attempt();

    /** The job's generation: counted from 1, one more with each roll-back. */
    long generation();

    /** The job's settings. */
    Settings settings();
}
