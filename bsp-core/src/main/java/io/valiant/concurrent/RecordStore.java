package io.valiant.concurrent;

import java.util.List;

/**
 * Makes a core's records durable.
 *
 * @param <R> records
 */
public interface RecordStore<R> {
    /**
     * Stores all of them in one transaction; returns when they will survive a crash of process and machine.
     *
     * @throws Exception the batch failed, or nobody knows: the core's state must be thrown away and loaded again
     */
    void write(List<R> batch) throws Exception;
}
