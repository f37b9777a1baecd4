package io.valiant.bsp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;

/** Programs that a test kit must run, and programs whose mistakes it must find. */
final class KitPrograms {
    /** What peers of {@link Talks} did, in the order in which they did it. */
    static final List<String> TRACE = new CopyOnWriteArrayList<>();

    /** The mistake of {@link SharesStatic}. */
    static final AtomicLong SHARED = new AtomicLong();

    private KitPrograms() {}

    /** Every peer tells every other its index and the superstep, three times. */
    static final class Talks extends Bsp<Text> {
        @Override
        public void run(Peer<Text> peer) throws BspException {
            for (int round = 0; round < 3; round++) {
                for (int to = 0; to < peer.count(); to++) {
                    peer.send(to, new Text(peer.index() + "." + round));
                    TRACE.add(peer.index() + ">" + to);
                    peer.counter("talks", "sent").increment();
                }
                peer.sync();
                for (Text message : peer.messages()) {
                    peer.output().writeLine(message + " from " + peer.messages().sender());
                }
            }
        }
    }

    /** Adds up what it is sent and passes it on: restorable. */
    static final class Adds extends SuperstepProgram<LongWritable, LongWritable> {
        @Override
        public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
            long sum = state.get() * 31 + peer.index();
            for (LongWritable message : peer.messages()) {
                sum = sum * 17 + message.get();
            }
            state.set(sum);
            peer.output().write(peer.superstep(), sum);
            peer.counter("adds", "supersteps").increment();
            for (int to = 0; to < peer.count(); to++) {
                peer.sendLong(to, sum + to);
            }
            return peer.superstep() < 5 ? Next.CONTINUE : Next.HALT;
        }
    }

    /** The mistake: what it needs in the next superstep is in a field, which no checkpoint holds. */
    static final class ForgetsField extends SuperstepProgram<LongWritable, LongWritable> {
        private long sum;

        @Override
        public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
            sum += peer.superstep() + 1;
            return peer.superstep() < 5 ? Next.CONTINUE : Next.HALT;
        }

        @Override
        public void finish(LongWritable state, Peer<LongWritable> peer) throws BspException {
            peer.output().write(peer.index(), sum);
        }
    }

    /** The mistake: takes the message that comes first for that of peer 0. */
    static final class TakesFirst extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            peer.sendLong(0, 100 + peer.index());
            peer.sync();
            if (peer.index() == 0) {
                peer.output().write("first", peer.messages().nextLong());
            }
        }
    }

    /** The mistake: peers that share a JVM meet in something static. */
    static final class SharesStatic extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            if (peer.index() == 0) {
                SHARED.set(0);
            }
            peer.sync();
            for (int i = 0; i < 5; i++) {
                peer.sendLong(0, SHARED.incrementAndGet());
            }
            peer.sync();
            long hash = 7;
            for (LongWritable message : peer.messages()) {
                hash = hash * 31 + message.get();
            }
            peer.output().write(peer.index(), hash);
        }
    }

    /** A plain program that saves where it is. */
    static final class Saves extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            LongWritable at = new LongWritable();
            boolean restored = peer.restored(at);
            peer.counter("saves", restored ? "restored" : "begun").increment();
            while (at.get() < 5) {
                long sum = 0;
                for (LongWritable message : peer.messages()) {
                    sum += message.get();
                }
                peer.output().write(at.get(), sum);
                at.set(at.get() + 1);
                peer.sendLong((peer.index() + 1) % peer.count(), at.get() * 10 + peer.index());
                peer.save(at);
                peer.sync();
            }
        }
    }

    /** Sends messages that are longer than frames. */
    static final class LongMessages extends Bsp<Text> {
        @Override
        public void run(Peer<Text> peer) throws BspException {
            for (int i = 1; i <= 4; i++) {
                peer.send(
                        (peer.index() + i) % peer.count(),
                        new Text(String.valueOf(i).repeat(i * 40_000)));
            }
            peer.sync();
            for (Text message : peer.messages()) {
                peer.output().writeLine(message.charAt(0) + " " + message.getLength());
            }
        }
    }

    /** Fails in one peer. */
    static final class Fails extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            peer.sync();
            if (peer.index() == 1) {
                throw new IllegalStateException("nothing to divide");
            }
            peer.sync();
        }
    }

    /** Never ends. */
    static final class Endless extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            while (true) {
                peer.sync();
            }
        }
    }
}
