package io.valiant.benchmark.micro;

import io.valiant.message.Inbox;
import io.valiant.message.SpillFailure;
import io.valiant.transport.FramePool;
import io.valiant.wire.Frame;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to take a received frame in: a full one is kept as it is, a small one copied behind the last. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class InboxBenchmark {
    private static final int FRAMES = 100;
    private static final int SENDERS = 2;

    @Param({"1000", "64000"})
    private int payloadBytes;

    private final FramePool pool = new FramePool(PooledFrames.FRAME_BYTES);
    private Inbox inbox;
    private long superstep;

    @Setup
    public void open() {
        inbox = new Inbox(SENDERS, pool, 1L << 30, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** A superstep of some frames: a time is that of one frame with its share of turning the superstep over. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long superstep() throws SpillFailure {
        for (int i = 0; i < FRAMES; i++) {
            ByteBuffer frame = pool.take();
            frame.limit(Frame.HEADER_BYTES + payloadBytes);
            if (!inbox.add(i % SENDERS, superstep, frame, true)) {
                pool.give(frame);
            }
        }
        inbox.turn(superstep++);
        return inbox.reader(0).remaining();
    }
}
