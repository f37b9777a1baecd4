package io.valiant.bsp;

import org.apache.hadoop.io.Writable;

/**
 * Says which task gets a record of an input that is dealt out by key, see {@link JobInput#partition}. Needs a constructor
 * without arguments; must give the same answer for the same record in every task and every run, or a roll-back would lose
 * and double records.
 *
 * @param <K> the class of keys
 * @param <V> the class of values
 */
public interface Partitioner<K extends Writable, V extends Writable> {
    /**
     * The task.
     *
     * @param key not to be kept
     * @param value not to be kept
     * @param tasks how many the job has
     * @return 0 to {@code tasks - 1}; anything else fails the job
     */
    int partition(K key, V value, int tasks);
}
