package io.valiant.local;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.Input;
import io.valiant.bsp.KeyedCombiner;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Small programs that do one thing each. */
final class LocalPrograms {
    private LocalPrograms() {}

    /** Sends each line of its input to the peer of the line's length; each peer writes what it got, with the sender. */
    static final class Route extends Bsp<Text> {
        @Override
        public void run(Peer<Text> peer) throws BspException {
            Input input = peer.input();
            Text text = new Text();
            while (input.next()) {
                text.set(input.text());
                peer.send(peer.name(text.getLength() % peer.count()), text);
                peer.counter("route", "lines").increment();
            }
            peer.sync();
            while (peer.messages().hasNext()) {
                String line = peer.messages().next().toString();
                peer.output().writeLine(peer.messages().sender() + " " + line);
            }
        }
    }

    /** Combines in order of sending; not commutative. */
    static class Append implements Combiner<Text> {
        @Override
        public void combine(Text accumulator, Text message) {
            byte[] bytes = message.copyBytes();
            accumulator.append(bytes, 0, bytes.length);
        }
    }

    /** Vowels and consonants each for themselves. */
    static final class AppendVowels extends Append implements KeyedCombiner<Text> {
        @Override
        public long key(Text message) {
            return "aeiou".indexOf(message.charAt(0)) < 0 ? 0 : 1;
        }
    }

    /** Can be written once, to be copied, and not again. */
    public static final class FailsToWrite implements Writable {
        private int written;

        @Override
        public void write(DataOutput out) throws IOException {
            if (written > 0) {
                throw new IOException("written before");
            }
            out.writeInt(1);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            written = in.readInt();
        }

        /** Keeps the first. */
        static final class Last implements Combiner<FailsToWrite> {
            @Override
            public void combine(FailsToWrite first, FailsToWrite message) {}
        }
    }

    /** Does not mind that the barrier fails. */
    static final class GoesOnAfterAFailure extends Bsp<FailsToWrite> {
        @Override
        public void run(Peer<FailsToWrite> peer) throws BspException {
            peer.send(0, new FailsToWrite());
            try {
                peer.sync();
            } catch (BspException e) {
                peer.send(0, new FailsToWrite());
            }
        }
    }

    /** Sends 'a', 'b', 'c' to everybody, twice. */
    static final class Spell extends Bsp<Text> {
        @Override
        public void run(Peer<Text> peer) throws BspException {
            for (int round = 0; round < 2; round++) {
                for (String letter : new String[] {"a", "b", "c"}) {
                    for (int to = 0; to < peer.count(); to++) {
                        peer.send(to, new Text(letter + peer.index()));
                    }
                }
                peer.sync();
                StringBuilder got = new StringBuilder();
                for (Text text : peer.messages()) {
                    got.append(text).append('|');
                }
                peer.output().write(peer.superstep(), got);
            }
        }
    }

    /** Folds aggregators; peers run for a number of supersteps that differs. */
    static final class Folds extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            for (int step = 0; step <= 2 * peer.index(); step++) {
                peer.aggregate("sum", 1.0 / (1 + peer.index()));
                peer.aggregate("max", (long) peer.index());
                peer.sync();
                peer.output().write(peer.superstep(), peer.aggregatedDouble("sum") + " " + peer.aggregatedLong("max"));
            }
        }
    }

    /** Does the misuse that its setting names, in peer 0. */
    static final class Misuse extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            if (peer.index() == 0) {
                misuse(peer, peer.settings().get("misuse", "none"));
            }
            peer.sync();
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static void misuse(Peer<LongWritable> peer, String what) throws BspException {
            switch (what) {
                case "unknown peer" -> peer.send(7, new LongWritable(1));
                case "unknown name" -> peer.send("peer-07", new LongWritable(1));
                case "other class" -> ((Peer) peer).send(1, new Text("text"));
                case "null" -> peer.send(1, null);
                case "other primitive" -> peer.sendDouble(1, 1);
                case "no output" -> peer.output().writeLine("x");
                case "no input" -> peer.input();
                case "no aggregator" -> peer.aggregate("none", 1L);
                case "throw" -> throw new IllegalStateException("boom");
                case "overflow" -> overflow(1);
                case "memory" -> throw new OutOfMemoryError("Java heap space");
                case "other thread" -> inOtherThread(peer);
                default -> throw new IllegalArgumentException(what);
            }
        }

        private static void inOtherThread(Peer<LongWritable> peer) throws BspException {
            try {
                CompletableFuture.runAsync(() -> {
                            try {
                                peer.sync();
                            } catch (BspException e) {
                                throw new CompletionException(e);
                            }
                        })
                        .join();
            } catch (CompletionException e) {
                throw (BspException) e.getCause();
            }
        }

        @SuppressWarnings("InfiniteRecursion") // that is what it is for
        private static long overflow(long depth) {
            return overflow(depth + 1) + 1;
        }
    }

    /** Sends in cleanup. */
    static final class LateSender extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) {}

        @Override
        public void cleanup(Peer<LongWritable> peer) throws BspException {
            peer.sendLong(0, 1);
        }
    }

    /** Aggregates in cleanup. */
    static final class LateAggregator extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) {}

        @Override
        public void cleanup(Peer<LongWritable> peer) throws BspException {
            peer.aggregate("sum", 1L);
        }
    }

    /** Syncs where the engine does. */
    static final class SyncingStep extends SuperstepProgram<LongWritable, LongWritable> {
        @Override
        public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
            peer.sync();
            return Next.HALT;
        }
    }

    /** Its reading does not fit its writing. */
    static final class Crooked implements Writable {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(1);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            in.readInt();
        }
    }

    /** Sends what cannot be read. */
    static final class SendsCrooked extends Bsp<Crooked> {
        @Override
        public void run(Peer<Crooked> peer) throws BspException {
            peer.send(0, new Crooked());
            peer.sync();
            for (Crooked message : peer.messages()) {
                peer.counter("crooked", message.getClass().getSimpleName()).increment();
            }
        }
    }

    /** Throws half way through writing when told to. */
    static final class Fragile implements Writable {
        private boolean breaks;
        private long value;

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeInt(17);
            if (breaks) {
                throw new IOException("broken");
            }
            out.writeLong(value);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            if (in.readInt() != 17) {
                throw new IOException("not in step");
            }
            value = in.readLong();
        }
    }

    /** Survives a message that could not be written. */
    static final class SendsFragile extends Bsp<Fragile> {
        @Override
        public void run(Peer<Fragile> peer) throws BspException {
            Fragile message = new Fragile();
            for (int i = 0; i < 10; i++) {
                message.breaks = i % 2 == 1;
                message.value = i;
                try {
                    peer.send(0, message);
                } catch (BspException e) {
                    peer.counter("fragile", "broken").increment();
                }
            }
            peer.sync();
            for (Fragile got : peer.messages()) {
                peer.counter("fragile", "sum").add(got.value);
            }
        }
    }

    /** Waits without an end, with a barrier or without. */
    static final class Waits extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            if (peer.index() == 0) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new BspException(BspException.Kind.FENCED, "interrupted", e);
                }
            }
            peer.sync();
        }
    }

    /** Leaves its thread interrupted, before a barrier and at its end, as code that gives an interrupt on does. */
    static final class Interrupts extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            peer.sendLong(peer.count() - 1, peer.index());
            Thread.currentThread().interrupt();
            peer.sync();
            peer.counter("interrupts", "seen").add(Thread.currentThread().isInterrupted() ? 1 : 0);
            peer.counter("interrupts", "messages").add(peer.messages().count());
            peer.output().writeLine("done");
        }
    }

    /** A message that is more than what it extends. */
    static final class Tagged extends LongWritable {
        private long tag;

        @Override
        public void write(DataOutput out) throws IOException {
            super.write(out);
            out.writeLong(tag);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            super.readFields(in);
            tag = in.readLong();
        }
    }

    /** Adds values and tags. */
    static final class AddTagged implements Combiner<Tagged> {
        @Override
        public void combine(Tagged accumulator, Tagged message) {
            accumulator.set(accumulator.get() + message.get());
            accumulator.tag += message.tag;
        }
    }

    /** Sends two tagged messages to peer 0. */
    static final class SendsTagged extends Bsp<Tagged> {
        @Override
        public void run(Peer<Tagged> peer) throws BspException {
            Tagged message = new Tagged();
            for (int i = 1; i <= 2; i++) {
                message.set(i);
                message.tag = 10L * i;
                peer.send(0, message);
            }
            peer.sync();
            for (Tagged got : peer.messages()) {
                peer.output().write(got.get(), got.tag);
            }
        }
    }

    /** Reads one line of its input and leaves the rest. */
    static final class ReadsOneLine extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            peer.counter("read", "lines").add(peer.input().next() ? 1 : 0);
        }
    }

    /** Reads two inputs by their names. */
    static final class ReadsTwoInputs extends Bsp<LongWritable> {
        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            for (String name : new String[] {"left", "right"}) {
                Input input = peer.input(name);
                while (input.next()) {
                    peer.output().write(name, input.text());
                }
            }
        }
    }
}
