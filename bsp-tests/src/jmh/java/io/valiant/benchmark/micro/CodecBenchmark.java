package io.valiant.benchmark.micro;

import io.valiant.message.FrameWriter;
import io.valiant.message.Inbox;
import io.valiant.message.InboxReader;
import io.valiant.message.SpillFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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

/** What it costs to write 16 bytes into frames and to read them out of an inbox, as a message of two longs and in an array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class CodecBenchmark {
    private static final int MESSAGES = 100_000;
    private static final long MAX_MESSAGE_BYTES = 1L << 30;

    private final long[] array = new long[2 * MESSAGES];
    private final FrameWriter writer = new FrameWriter(PooledFrames.dropping(), MAX_MESSAGE_BYTES);
    private InboxReader reader;

    @Setup
    public void fillInbox() throws IOException, SpillFailure {
        PooledFrames link = PooledFrames.keeping();
        FrameWriter filler = new FrameWriter(link, MAX_MESSAGE_BYTES);
        write(filler);
        Inbox inbox = new Inbox(1, link.pool, 1L << 30, Path.of(System.getProperty("java.io.tmpdir")));
        for (ByteBuffer frame : link.take()) {
            inbox.add(0, 0, frame, true);
        }
        inbox.turn(0);
        reader = inbox.reader(0);
    }

    private static void write(FrameWriter to) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            to.beginMessage();
            to.writeLong(i);
            to.writeLong(-i);
            to.endMessage();
        }
        to.flush();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void writeMessage() throws IOException {
        write(writer);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void writeArray() throws IOException {
        writer.writeLongs(array, 0, array.length);
        writer.flush();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long readMessage() throws IOException {
        reader.restart();
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            sum += reader.readLong();
            sum ^= reader.readLong();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long readArray() throws IOException {
        reader.restart();
        reader.readLongs(array, 0, array.length);
        return array[array.length - 1];
    }
}
