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

    /** Reads records dealt out by key, one in each superstep, and tells peer 0 of them. */
    static final class ReadsDealt extends SuperstepProgram<LongWritable, Text> {
        @Override
        public Next superstep(LongWritable state, Peer<Text> peer) throws BspException {
            for (Text message : peer.messages()) {
                peer.output().writeLine(peer.superstep() + " " + message);
            }
            Records<Text, Text> records = peer.input(Format.keyValue());
            if (records.next()) {
                peer.send(0, records.key());
                peer.counter("reads", "records").increment();
            }
            return peer.superstep() < 4 ? Next.CONTINUE : Next.HALT;
        }
    }

    /** Does not take its death for an end: tries all that a peer may do, and goes on. */
    static final class GoesOn extends Bsp<LongWritable> {
        /** What a dead peer was allowed to do. */
        static final List<String> ALLOWED = new CopyOnWriteArrayList<>();

        private interface Try {
            void run() throws BspException;
        }

        @Override
        public void run(Peer<LongWritable> peer) throws BspException {
            for (int round = 0; round < 4; round++) {
                try {
                    peer.sendLong((peer.index() + 1) % peer.count(), 10 * round + peer.index());
                    peer.sync();
                    peer.output().write(round, peer.messages().nextLong());
                    peer.counter("goes", "on").increment();
                } catch (PeerKilled e) {
                    goOn(peer);
                }
            }
        }

        @Override
        public void cleanup(Peer<LongWritable> peer) throws BspException {
            try {
                peer.output().write("end", peer.index());
            } catch (PeerKilled e) {
                peer.counter("goes", "away").increment();
            }
        }

        private static void goOn(Peer<LongWritable> peer) {
            attempt("index", peer::index);
            attempt("count", peer::count);
            attempt("name", () -> peer.name(0));
            attempt("superstep", peer::superstep);
            attempt("send", () -> peer.send(0, new LongWritable(7)));
            attempt("send by name", () -> peer.send("peer-0", new LongWritable(7)));
            attempt("sendLong", () -> peer.sendLong(0, 7));
            attempt("sendLongs", () -> peer.sendLongs(0, new long[] {7}, 0, 1));
            attempt("messages", peer::messages);
            attempt("save", () -> peer.save(new LongWritable(1)));
            attempt("restored", () -> peer.restored(new LongWritable()));
            attempt("input", peer::input);
            attempt("input of a name", () -> peer.input("input"));
            attempt("input of a format", () -> peer.input(Format.text()));
            attempt("join", () -> peer.join(Join.INNER, List.of()));
            attempt("file", () -> peer.file("f"));
            attempt("output", () -> peer.output().write("dead", 1));
            attempt("counter", () -> peer.counter("goes", "on").increment());
            attempt("aggregate", () -> peer.aggregate("sum", 1L));
            attempt("aggregatedLong", () -> peer.aggregatedLong("sum"));
            attempt("attempt", peer::attempt);
            attempt("generation", peer::generation);
            attempt("settings", peer::settings);
            attempt("sync", peer::sync);
        }

        private static void attempt(String what, Try call) {
            try {
                call.run();
                ALLOWED.add(what);
            } catch (PeerKilled e) {
                return;
            } catch (BspException | RuntimeException e) {
                ALLOWED.add(what + " (" + e + ")");
            }
        }
    }

    /** Takes no notice of its death in its last words. */
    static final class EndsNevertheless extends SuperstepProgram<LongWritable, LongWritable> {
        @Override
        public Next superstep(LongWritable state, Peer<LongWritable> peer) throws BspException {
            for (int to = 0; to < peer.count(); to++) {
                peer.sendLong(to, 1);
            }
            return Next.HALT;
        }

        @Override
        public void finish(LongWritable state, Peer<LongWritable> peer) throws BspException {
            long sum = 0;
            peer.output();
            try {
                while (peer.messages().hasNext()) {
                    sum += peer.messages().nextLong();
                }
            } catch (PeerKilled e) {
                return;
            }
            peer.output().write(peer.index(), sum);
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
