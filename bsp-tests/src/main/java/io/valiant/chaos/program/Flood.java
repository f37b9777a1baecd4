package io.valiant.chaos.program;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Messages;
import io.valiant.bsp.Peer;
import org.apache.hadoop.io.LongWritable;

/** Every task sends the next one so many numbers in one superstep; each writes how many came, and their sum. */
public final class Flood extends Bsp<LongWritable> {
    /** Setting: how many numbers of 8 bytes a task sends. */
    public static final String NUMBERS = "flood.numbers";

    private static final int CHUNK = 4096;

    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        long numbers = peer.settings().getLong(NUMBERS, 0);
        int next = (peer.index() + 1) % peer.count();
        long[] chunk = new long[CHUNK];
        for (long sent = 0; sent < numbers; sent += CHUNK) {
            int now = (int) Math.min(CHUNK, numbers - sent);
            for (int i = 0; i < now; i++) {
                chunk[i] = number(peer.index(), sent + i);
            }
            peer.sendLongs(next, chunk, 0, now);
        }
        peer.sync();
        long count = 0;
        long sum = 0;
        Messages<LongWritable> messages = peer.messages();
        while (messages.hasNext()) {
            sum += messages.nextLong();
            count++;
        }
        peer.output().write(peer.index(), count + " " + sum);
    }

    /** The n-th number that a task sends. */
    public static long number(int task, long n) {
        return (n + 1) * 0x9E3779B97F4A7C15L + task;
    }
}
