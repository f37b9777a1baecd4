package io.valiant.task.peer;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.KeyedCombiner;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Writable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to combine a message with those to the same peer before it. In this package as nobody else may see the outbox. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class CombiningBenchmark {
    private static final int MESSAGES = 100_000;
    private static final int PEERS = 4;
    private static final long MEMORY = 64 << 20;

    /** Adds up. */
    public static class Sum implements Combiner<LongWritable> {
        @Override
        public void combine(LongWritable into, LongWritable message) {
            into.set(into.get() + message.get());
        }
    }

    /** Adds up by the lowest ten bits: 256 keys for each of four peers that are sent to in turn. */
    public static final class SumByKey extends Sum implements KeyedCombiner<LongWritable> {
        @Override
        public long key(LongWritable message) {
            return message.get() & 1023;
        }
    }

    private final LongWritable message = new LongWritable();
    private CombiningOutbox<Writable> outbox;
    private CombiningOutbox<Writable> byKey;

    @Setup
    public void make() throws BspException {
        MessageType<Writable> type =
                MessageType.of(CombiningBenchmark.class, Object.class, 0, LongWritable.class.getName(), "message");
        ClassLoader loader = CombiningBenchmark.class.getClassLoader();
        outbox = CombiningOutbox.of(loader, Sum.class.getName(), type, PEERS, MEMORY);
        byKey = CombiningOutbox.of(loader, SumByKey.class.getName(), type, PEERS, MEMORY);
    }

    /** A superstep of messages to all peers in turn, and what is left of them taken out. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long add() throws BspException {
        return add(outbox);
    }

    /** The same by key. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long addByKey() throws BspException {
        return add(byKey);
    }

    private long add(CombiningOutbox<Writable> to) throws BspException {
        for (int i = 0; i < MESSAGES; i++) {
            message.set(i);
            to.add(i % PEERS, message);
        }
        long sum = 0;
        for (int peer = 0; peer < PEERS; peer++) {
            Accumulators<Writable> sent = to.sent(peer);
            for (int i = 0; i < sent.count(); i++) {
                sum += ((LongWritable) sent.message(i)).get();
            }
            sent.clear();
        }
        return sum + to.takeMerged();
    }
}
