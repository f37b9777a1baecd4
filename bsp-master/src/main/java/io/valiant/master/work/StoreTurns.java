package io.valiant.master.work;

import io.valiant.io.FileStores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks that wait for file stores, such that one that does not answer holds up its own tasks only, and two hold up all but
 * those of this machine's files: one of each store runs at a time, and there is always a thread and room for the local ones. So many
 * may wait of a store as it can answer in a few seconds. Safe in any thread.
 */
final class StoreTurns implements AutoCloseable {
    /** Tasks of one store that wait; those of all but this machine's are twice as many at most. */
    static final int MOST_OF_STORE = 256;

    private static final int THREADS = 3;
    private static final String LOCAL = FileStores.name("/");

    /** The store of each task that waits, in the order of their coming. */
    private final Map<Runnable, String> waiting = new LinkedHashMap<>();

    /** The stores whose tasks run. */
    private final TreeSet<String> busy = new TreeSet<>();

    private final ThreadPoolExecutor threads;
    private boolean closed;

    /** @param name of the threads, before their number */
    StoreTurns(String name) {
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Runs a task when it is its turn.
     *
     * @param store see {@link FileStores#name}
     * @return whether it was taken: not if too many wait, or this is closed
     */
    synchronized boolean offer(String store, Runnable task) {
        int ofStore = Collections.frequency(waiting.values(), store);
        int ofLocal = store.equals(LOCAL) ? ofStore : Collections.frequency(waiting.values(), LOCAL);
        boolean full = !store.equals(LOCAL) && waiting.size() - ofLocal >= 2 * MOST_OF_STORE;
        if (closed || full || ofStore >= MOST_OF_STORE) {
            return false;
        }
        waiting.put(task, store);
        start();
        return true;
    }

    /** Forgets a task if it waits. */
    synchronized void remove(Runnable task) {
        waiting.remove(task);
    }

    /** Tasks that wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void start() {
        List<Runnable> begun = new ArrayList<>();
        waiting.forEach((task, store) -> {
            if (isFree(store) && busy.add(store)) {
                begun.add(task);
            }
        });
        for (Runnable task : begun) {
            String store = waiting.remove(task);
            threads.execute(() -> turn(store, task));
        }
    }

    /** A thread is left for the local store. */
    private boolean isFree(String store) {
        boolean local = store.equals(LOCAL) || busy.contains(LOCAL);
        return !busy.contains(store) && busy.size() < (local ? THREADS : THREADS - 1);
    }

    private void turn(String store, Runnable task) {
        try {
            task.run();
        } finally {
            ended(store);
        }
    }

    private synchronized void ended(String store) {
        busy.remove(store);
        start();
    }

    /** Interrupts what runs and forgets what waits. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        threads.shutdownNow();
    }
}
