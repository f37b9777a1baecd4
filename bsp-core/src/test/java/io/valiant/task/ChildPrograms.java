package io.valiant.task;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.io.Writable;

/** Programs for children in JVMs of their own. */
final class ChildPrograms {
    private ChildPrograms() {}

    /** A message that is none of Hadoop's: those load a good deal of Hadoop, file systems too. */
    static final class Value implements Writable {
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

    /** Does what the setting {@code do} says, after one barrier. */
    static final class Does extends Bsp<Value> {
        @Override
        public void run(Peer<Value> peer) throws BspException {
            Value message = new Value();
            message.value = 40L + peer.index();
            peer.send((peer.index() + 1) % peer.count(), message);
            peer.sync();
            switch (peer.settings().get("do", "end")) {
                case "end" -> System.out.println("got " + peer.messages().next().value);
                case "exit" -> System.exit(5);
                case "throw" -> throw new IllegalStateException("boom");
                case "fill" -> fill();
                case "wait" -> await();
                default -> throw new IllegalArgumentException(peer.settings().get("do"));
            }
        }

        private static void fill() {
            long[][] held = new long[1 << 16][];
            for (int i = 0; i < held.length; i++) {
                held[i] = new long[1 << 20];
            }
            throw new IllegalStateException("the heap took it all");
        }

        private static void await() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
