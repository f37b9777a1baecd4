package io.valiant.task.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.KeyedCombiner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** What is left of what was sent, against a map of each peer's texts. */
class CombiningOutboxTest {
    private static final int PEERS = 3;

    /** What a text of one character and more takes: an object, its length, and the rest. */
    private static final int BYTES = 65;

    /** Joins texts, in an order that is seen. */
    public static class Join implements Combiner<Text> {
        @Override
        public void combine(Text into, Text message) {
            byte[] bytes = message.copyBytes();
            into.append(bytes, 0, bytes.length);
        }
    }

    /** Those that begin with the same letter. */
    public static final class JoinByLetter extends Join implements KeyedCombiner<Text> {
        @Override
        public long key(Text message) {
            return Character.toLowerCase(message.charAt(0));
        }
    }

    @SuppressWarnings("unchecked")
    private static CombiningOutbox<Text> outbox(Combiner<Text> combiner, long memory) throws BspException {
        MessageType<Writable> type =
                MessageType.of(CombiningOutboxTest.class, Object.class, 0, Text.class.getName(), "message");
        return new CombiningOutbox<>((MessageType<Text>) (MessageType<?>) type, combiner, PEERS, memory);
    }

    /** As {@link Outbox} does. */
    private static void send(CombiningOutbox<Text> outbox, int peer, Text message, List<String> written)
            throws BspException {
        if (!outbox.add(peer, message)) {
            written.addAll(taken(outbox, peer));
            assertThat(outbox.add(peer, message)).isTrue();
        }
    }

    private static List<String> taken(CombiningOutbox<Text> outbox, int peer) {
        Accumulators<Text> sent = outbox.sent(peer);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < sent.count(); i++) {
            texts.add(sent.message(i).toString());
        }
        sent.clear();
        return texts;
    }

    @Property(tries = 200)
    void messagesOfAKeyAreFoldedInTheOrderOfSendingAndLeaveInThatOfTheirFirst(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 8) int most,
            @ForAll @IntRange(min = 0, max = 120) int messages)
            throws BspException {
        CombiningOutbox<Text> outbox = outbox(new JoinByLetter(), (long) PEERS * most * BYTES);
        Random chance = new Random(seed);
        for (int superstep = 0; superstep < 3; superstep++) {
            List<List<String>> written = new ArrayList<>();
            List<List<String>> expected = new ArrayList<>();
            List<Map<Long, String>> folded = new ArrayList<>();
            int[] bytes = new int[PEERS];
            for (int peer = 0; peer < PEERS; peer++) {
                written.add(new ArrayList<>());
                expected.add(new ArrayList<>());
                folded.add(new LinkedHashMap<>());
            }
            int merged = 0;
            Text message = new Text();
            for (int i = 0; i < messages; i++) {
                int peer = chance.nextInt(PEERS);
                String text = (char) ('a' + chance.nextInt(10)) + "" + i;
                Map<Long, String> of = folded.get(peer);
                boolean known = of.containsKey((long) text.charAt(0));
                if (!known && !of.isEmpty() && bytes[peer] >= most * BYTES) {
                    expected.get(peer).addAll(of.values());
                    of.clear();
                    bytes[peer] = 0;
                }
                merged += known ? 1 : 0;
                bytes[peer] += known ? 0 : BYTES + text.length();
                of.merge((long) text.charAt(0), text, String::concat);
                message.set(text);
                send(outbox, peer, message, written.get(peer));
            }
            for (int peer = 0; peer < PEERS; peer++) {
                written.get(peer).addAll(taken(outbox, peer));
                expected.get(peer).addAll(folded.get(peer).values());
            }
            assertThat(written).isEqualTo(expected);
            assertThat(outbox.takeMerged()).isEqualTo(merged);
            assertThat(outbox.takeMerged()).isZero();
            outbox.endSuperstep();
        }
    }

    @Example
    void withoutKeysAllToAPeerAreOne() throws BspException {
        CombiningOutbox<Text> outbox = outbox(new Join(), 0);
        List<String> written = new ArrayList<>();
        for (String text : List.of("a", "b", "c")) {
            send(outbox, 1, new Text(text), written);
        }
        assertThat(written).isEmpty();
        assertThat(taken(outbox, 0)).isEmpty();
        assertThat(taken(outbox, 1)).containsExactly("abc");
        assertThat(taken(outbox, 1)).isEmpty();
    }

    @Example
    void whatOneLargeSuperstepNeededIsGivenBackByASmallOne() throws BspException {
        Accumulators<Text> sent = new Accumulators<>(true);
        for (int superstep = 0; superstep < 2; superstep++) {
            for (int key = 0; key < 1000; key++) {
                assertThat(sent.unused() == null).isEqualTo(superstep == 0);
                sent.add(key, sent.unused() == null ? new Text("" + key) : sent.unused(), 1);
            }
            assertThat(sent.get(999)).hasToString("999");
            sent.clear();
            assertThat(sent.get(999)).isNull();
            sent.add(7, sent.unused(), 1);
            sent.clear();
            sent.endSuperstep();
        }
        sent.add(7, sent.unused(), 1);
        sent.clear();
        sent.endSuperstep();
        assertThat(sent.get(7)).isNull();
        sent.add(8, sent.unused(), 1);
        assertThat(sent.unused()).as("more than that").isNull();
        assertThat(sent.get(8)).isSameAs(sent.message(0));
    }
}
