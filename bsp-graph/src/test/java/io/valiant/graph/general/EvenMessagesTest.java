package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.io.Writable;
import org.junit.jupiter.api.Test;

/** Messages that lie one behind the other, of Writables which do not read what they have written. */
class EvenMessagesTest {
    private static final int COUNT = 20;

    /** As it should be. */
    public static class Two implements Writable {
        byte first;
        byte second;

        @Override
        public void write(DataOutput out) throws IOException {
            out.write(first);
            out.write(second);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            first = in.readByte();
            second = in.readByte();
        }
    }

    /** Looks for something behind it that there need not be. */
    public static final class Trailing extends Two {
        boolean more;

        @Override
        public void readFields(DataInput in) throws IOException {
            super.readFields(in);
            try {
                in.readByte();
                more = true;
            } catch (EOFException e) {
                more = false;
            }
        }
    }

    /** Reads less than it has written. */
    public static final class Less extends Two {
        @Override
        public void readFields(DataInput in) throws IOException {
            first = in.readByte();
        }
    }

    /** Reads more than it has written. */
    public static final class More extends Two {
        @Override
        public void readFields(DataInput in) throws IOException {
            super.readFields(in);
            in.readByte();
        }
    }

    /** Refuses one of those that are read. */
    public static final class Choosy extends Two {
        @Override
        public void readFields(DataInput in) throws IOException {
            super.readFields(in);
            if (first == 4) {
                throw new IOException("not this one");
            }
        }
    }

    private static <M extends Two> EvenMessages<M> messages(Class<M> type) throws BspException, IOException {
        Mirrors mirrors = new Mirrors();
        byte[] sent = new byte[2 * COUNT];
        int[] sources = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            mirrors.put(i, new int[] {0, 1}, 2);
            sources[i] = i;
            sent[2 * i] = (byte) i;
            sent[2 * i + 1] = (byte) -i;
        }
        MirrorIndex index = new MirrorIndex(new Mirrors[] {mirrors}, 2);
        MirroredMail mail = new MirroredMail();
        mail.add(0, sources, COUNT, 2 * COUNT, 2, new ByteInput().reset(sent, 0, sent.length));
        mail.number(index);
        WritableType<M> writable = WritableType.of(GatheredTest.Numbers.class, 3, type.getName(), "message");
        // its last, of which one is in each of two windows
        return new EvenMessages<>(writable, writable.make()).begin(mail, index.end(0) - 10, index.end(0));
    }

    @Test
    void areReadOneByOneAndNoMore() throws Exception {
        EvenMessages<Two> messages = messages(Two.class);
        for (int i = COUNT - 10; i < COUNT; i++) {
            assertThat(messages.hasNext()).isTrue();
            Two next = messages.next();
            assertThat(next.first).isEqualTo((byte) i);
            assertThat(next.second).isEqualTo((byte) -i);
        }
        assertThat(messages.hasNext()).isFalse();
        assertThatThrownBy(messages::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage(MessageCursor.ALL_READ);
    }

    @Test
    void aReaderEndsWithItsMessage() throws Exception {
        EvenMessages<Trailing> messages = messages(Trailing.class);
        for (int i = COUNT - 10; i < COUNT; i++) {
            Trailing next = messages.next();
            assertThat(next.first).isEqualTo((byte) i);
            assertThat(next.more).isFalse();
        }
        assertThat(messages.hasNext()).isFalse();
    }

    @Test
    void whatDoesNotReadAsItWasWrittenIsToldAndTheNextIsReadFromItsBeginning() throws Exception {
        for (EvenMessages<?> messages : new EvenMessages<?>[] {messages(Less.class), messages(More.class)}) {
            for (int i = COUNT - 10; i < COUNT; i++) {
                assertThat(messages.hasNext()).isTrue();
                assertThatThrownBy(messages::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("a message does not read as it was written");
            }
            assertThat(messages.hasNext()).isFalse();
        }
    }

    @Test
    void aMessageThatIsRefusedIsToldWithTheReason() throws Exception {
        Mirrors mirrors = new Mirrors();
        mirrors.put(0, new int[] {0}, 1);
        mirrors.put(1, new int[] {0}, 1);
        MirrorIndex index = new MirrorIndex(new Mirrors[] {mirrors}, 1);
        MirroredMail mail = new MirroredMail();
        mail.add(0, new int[] {0, 1}, 2, 2, 2, new ByteInput().reset(new byte[] {4, 0, 5, 6}, 0, 4));
        mail.number(index);
        WritableType<Choosy> type = WritableType.of(GatheredTest.Numbers.class, 3, Choosy.class.getName(), "message");
        EvenMessages<Choosy> messages = new EvenMessages<>(type, type.make()).begin(mail, 0, 2);
        assertThatThrownBy(messages::next).hasRootCauseMessage("not this one");
        assertThat(messages.next().second).isEqualTo((byte) 6);
    }
}
