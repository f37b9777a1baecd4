package io.valiant.task;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.Join;
import io.valiant.bsp.Joined;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.Records;
import io.valiant.bsp.SuperstepProgram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Programs whose every superstep depends on all that was before: state, messages, aggregates, input, counters. */
final class RecoveryPrograms {
    static final int STEPS = 20;

    private RecoveryPrograms() {}

    /** What a program carries from superstep to superstep. */
    static final class Sum implements Writable {
        private long value;

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(value);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            value = in.readLong();
        }
    }

    /** Fails as the settings say: in generation 1 in one superstep of peer 1. */
    private static void failIfTold(Peer<?> peer) {
        if (peer.generation() == 1
                && peer.index() == 1
                && peer.superstep() == peer.settings().getLong("fail", -1)) {
            throw new IllegalStateException("planted");
        }
    }

    private static void step(Sum sum, Peer<LongWritable> peer) throws BspException {
        failIfTold(peer);
        while (peer.messages().hasNext()) {
            sum.value = sum.value * 31
                    + peer.messages().nextLong()
                    + peer.messages().sender();
        }
        sum.value = sum.value * 31 + peer.aggregatedLong("all");
        if (peer.superstep() % 2 == 0 && peer.input().next()) {
            sum.value = sum.value * 31 + peer.input().text().hashCode();
        }
        if (peer.superstep() % 3 != 1) {
            peer.output().writeLine(peer.superstep() + " " + sum.value);
        }
        peer.counter("test", "steps").add(1);
        peer.aggregate("all", sum.value);
        for (int to = 0; to < peer.count(); to++) {
            for (long i = 0; i < 3 + (peer.superstep() + to) % 3; i++) {
                peer.sendLong(to, sum.value + i * to);
            }
        }
    }

    /** The engine saves its state. */
    static final class Walk extends SuperstepProgram<Sum, LongWritable> {
        @Override
        public Next superstep(Sum state, Peer<LongWritable> peer) throws BspException {
            step(state, peer);
            return peer.superstep() < STEPS ? Next.CONTINUE : Next.HALT;
        }
    }

    /** Saves its state itself. */
    static final class Saves extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            Sum sum = new Sum();
            if (peer.restored(sum)) {
                peer.counter("test", "restored").add(1);
            }
            while (peer.superstep() <= STEPS) {
                step(sum, peer);
                peer.save(sum);
                peer.sync();
            }
        }
    }

    /** Reads a joined pair of inputs and a third one, a few records in each superstep; writes keys and numbers. */
    private static void data(Sum sum, Peer<LongWritable> peer) throws BspException {
        failIfTold(peer);
        Records<Text, Text> left = peer.input("left", Format.keyValue());
        Records<Text, Text> right = peer.input("right", Format.keyValue());
        Joined<Text> both = peer.join(Join.OUTER, List.of(left, right));
        for (int i = 0; i < 3 && both.next(); i++) {
            String found = both.key() + " " + both.value(left) + " " + both.value(right);
            sum.value = sum.value * 31 + found.hashCode();
            peer.output().write(both.key().toString(), sum.value);
        }
        Records<Text, Text> dealt = peer.input("dealt", Format.keyValue());
        if (dealt.next()) {
            sum.value = sum.value * 31 + dealt.key().hashCode() + dealt.value().hashCode();
        }
        Records<Text, Text> plain = peer.input("plain", Format.keyValue());
        if (plain.next()) {
            sum.value = sum.value * 31 + plain.text().hashCode() + plain.key().hashCode();
        }
        peer.output().write("sum", sum.value + peer.superstep());
        peer.counter("test", "steps").add(1);
    }

    /** The engine saves its state. */
    static final class Reads extends SuperstepProgram<Sum, LongWritable> {
        @Override
        public Next superstep(Sum state, Peer<LongWritable> peer) throws BspException {
            data(state, peer);
            return peer.superstep() < STEPS ? Next.CONTINUE : Next.HALT;
        }
    }

    /** Saves its state itself. */
    static final class ReadsAndSaves extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            Sum sum = new Sum();
            if (peer.restored(sum)) {
                peer.counter("test", "restored").add(1);
            }
            while (peer.superstep() <= STEPS) {
                data(sum, peer);
                peer.save(sum);
                peer.sync();
            }
        }
    }

    /** Peer 0 never saves. */
    static final class SavesInPart extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            for (int i = 0; i < 5; i++) {
                if (peer.index() != 0) {
                    peer.save(new Sum());
                }
                peer.sync();
            }
        }
    }

    /** Cannot be written, as when its thread was interrupted meanwhile. */
    static final class Unwritable implements Writable {
        @Override
        public void write(DataOutput out) throws IOException {
            throw new ClosedByInterruptException();
        }

        @Override
        public void readFields(DataInput in) {}
    }

    /** The engine tries to save its state, in vain. */
    static final class NeverSaved extends SuperstepProgram<Unwritable, LongWritable> {
        @Override
        public Next superstep(Unwritable state, Peer<LongWritable> peer) {
            return peer.superstep() < 5 ? Next.CONTINUE : Next.HALT;
        }
    }

    /** Starts a thread that only the latch ends. */
    static final class LeavesThread extends Bsp<LongWritable> {
        static final CountDownLatch END = new CountDownLatch(1);

        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            Thread stubborn = new Thread(LeavesThread::await, "stubborn");
            stubborn.start();
            while (true) {
                peer.sync();
            }
        }

        private static void await() {
            while (END.getCount() > 0) {
                try {
                    END.await();
                } catch (InterruptedException e) {
                    // that is what it is for
                }
            }
        }
    }
}
