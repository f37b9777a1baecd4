package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointState;
import io.valiant.exchange.Exchange;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.PartWriter;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.TaskAssignment;
import java.nio.file.Path;
import java.util.List;

/** What a running task offers to the engine that runs its program. Program thread only, unless it says otherwise. */
public interface TaskContext {
    TaskAssignment assignment();

    Settings settings();

    Exchange exchange();

    /** This task's splits of a named input, in order. */
    List<InputSplit> splits(String input);

    /** Reads the lines of one split; several may be open at once, each used by one thread. */
    LineReader openLines(InputSplit split) throws BspException;

    /** Where inputs are; what is away is tried again. */
    FileStores stores();

    /** A side file of the job by its name, as a local file; USER error where there is none of that name. */
    Path file(String name) throws BspException;

    /** This task's one output part, made on the first call; USER error where the job has no output. */
    PartWriter output() throws BspException;

    /** The job's key-given counter; any thread. */
    Counter counter(String group, String name);

    /** A named whole number for the master's books, see {@link io.valiant.protocol.TaskResult#facts()}. */
    void fact(String name, long value);

    /** What this task does now: {@code loading} or {@code computing}; shown in status. */
    void phase(String phase);

    /**
     * The checkpoint this run begins from, or null for a run that begins anew. What every task has (inbox, counters, facts,
     * closed output segments) is put back already; the state is the program's to read.
     */
    CheckpointInput restored();

    /**
     * Writes this task's part of the checkpoint that {@code BarrierResult.takesCheckpoint()} asked for: first what every
     * task has (inbox, counters, facts, closed output segments), then the program's state, whose sections must not begin
     * with {@code task.}. To be called right after the barrier, before the inbox is read. A disk that fails fails the
     * checkpoint, not the task.
     */
    void checkpoint(CheckpointState state) throws BspException;

    /**
     * Keeps something costly for the next generation in this JVM, should the job be rolled back and the JVM be kept. Only of
     * classes of the system: the next generation loads the program's anew.
     */
    void keep(String name, Object value);

    /**
     * What the generation before {@link #keep kept} under that name, or null; it is given once. A run that begins anew is
     * given nothing: it makes everything anew, and there may be no room for both.
     */
    Object kept(String name);

    /** The attempt's id, for logs. */
    String attempt();
}
