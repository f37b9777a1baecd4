package io.valiant.examples;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.Peer;
import io.valiant.bsp.Progress;
import java.util.SplittableRandom;
import org.apache.hadoop.io.LongWritable;

/** Estimates pi: every peer throws darts and tells peer 0. */
public final class Pi extends Bsp<LongWritable> {
    /** Setting: darts thrown by each peer. */
    public static final String DARTS = "pi.darts";

    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        long darts = peer.settings().getLong(DARTS, 1_000_000);
        peer.send(0, new LongWritable(hits(darts, peer.index())));
        peer.sync();
        if (peer.index() == 0) {
            long hits = 0;
            for (LongWritable message : peer.messages()) {
                hits += message.get();
            }
            peer.output().write("pi", 4.0 * hits / (darts * peer.count()));
        }
    }

    /** How many of the darts fall into the quarter circle; the same for the same peer in every run. */
    private static long hits(long darts, int peer) {
        SplittableRandom random = new SplittableRandom(peer);
        long hits = 0;
        for (long i = 0; i < darts; i++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            hits += x * x + y * y < 1 ? 1 : 0;
        }
        return hits;
    }

    /** Arguments: the output folder, then the number of tasks (4). */
    public static void main(String[] args) throws BspException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: Pi OUTPUT [TASKS]");
            System.exit(2);
        }
        JobResult result = BspJob.of(Pi.class)
                .name("pi")
                .tasks(args.length == 2 ? Integer.parseInt(args[1]) : 4)
                .set(DARTS, 10_000_000)
                .output(args[0])
                .submit()
                .await(Progress.console());
        System.exit(result.exitCode());
    }
}
