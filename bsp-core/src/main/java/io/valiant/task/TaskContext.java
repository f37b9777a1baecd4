package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.exchange.Exchange;
import io.valiant.io.LineReader;
import io.valiant.io.PartWriter;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.TaskAssignment;
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

    /** This task's one output part, made on the first call; USER error where the job has no output. */
    PartWriter output() throws BspException;

    /** The job's key-given counter; any thread. */
    Counter counter(String group, String name);

    /** A named whole number for the master's books, see {@link io.valiant.protocol.TaskResult#facts()}. */
    void fact(String name, long value);

    /** What this task does now: {@code loading} or {@code computing}; shown in status. */
    void phase(String phase);

    /** The attempt's id, for logs. */
    String attempt();
}
