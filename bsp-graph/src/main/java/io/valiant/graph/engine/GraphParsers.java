package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.protocol.InputSplit;
import io.valiant.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Parses a task's splits with as many threads as {@code bsp.task.threads} says. Splits are cut finer where there are fewer
 * than threads. What the graph becomes does not depend on the number of threads.
 */
final class GraphParsers {
    /** Splits shorter than this are not cut. */
    private static final long LEAST_BYTES = 1 << 20;

    private final TaskContext context;
    private final GraphFormat format;
    private final int threads;

    private GraphParsers(TaskContext context, GraphFormat format, int threads) {
        this.context = context;
        this.format = format;
        this.threads = threads;
    }

    static GraphParsers of(TaskContext context, GraphFormat format) {
        return new GraphParsers(context, format, TaskThreads.of(context));
    }

    /** Reads everything; the result is in order of splits. */
    List<GraphInput> parse(List<InputSplit> vertexSplits, List<InputSplit> edgeSplits, List<InputSplit> adjacencySplits)
            throws BspException {
        List<List<InputSplit>> vertices = share(vertexSplits);
        List<List<InputSplit>> edges = share(edgeSplits);
        List<List<InputSplit>> adjacency = share(adjacencySplits);
        List<GraphInput> inputs = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            inputs.add(new GraphInput(context::openLines, format, vertices.get(t), edges.get(t), adjacency.get(t)));
        }
        if (threads == 1) {
            inputs.get(0).read();
            return inputs;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, run -> {
            Thread thread = new Thread(run, "parser of " + context.attempt());
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<GraphInput>> running = new ArrayList<>();
            for (GraphInput input : inputs) {
                running.add(pool.submit(input::read));
            }
            for (Future<GraphInput> one : running) {
                one.get();
            }
            return inputs;
        } catch (ExecutionException e) {
            throw unwrap(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BspException(BspException.Kind.FENCED, "interrupted while loading the graph", e);
        } finally {
            end(pool);
        }
    }

    /** Interrupts parsers that still read and waits for them: none may outlive its task. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs of splits, one for each thread, of about the same length. */
    private List<List<InputSplit>> share(List<InputSplit> splits) {
        List<InputSplit> fine = new ArrayList<>();
        for (InputSplit split : splits) {
            int parts = (int) Math.max(1, Math.min(threads, split.length() / LEAST_BYTES));
            for (int i = 0; i < parts; i++) {
                fine.add(parts == 1 ? split : part(split, i, parts));
            }
        }
        List<List<InputSplit>> shares = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int from = (int) ((long) fine.size() * t / threads);
            shares.add(fine.subList(from, (int) ((long) fine.size() * (t + 1) / threads)));
        }
        return shares;
    }

    private static InputSplit part(InputSplit split, int index, int parts) {
        long from = split.length() * index / parts;
        long to = split.length() * (index + 1) / parts;
        return new InputSplit(split.input(), split.file(), split.offset() + from, to - from);
    }

    private static BspException unwrap(Throwable cause) {
        if (cause instanceof BspException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) cause;
    }
}
