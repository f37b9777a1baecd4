package io.valiant.graph.general;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.exchange.Exchange;
import io.valiant.graph.Edge;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.fake.FakeCheckpoint;
import io.valiant.graph.fake.FakeJob;
import io.valiant.graph.fake.Recovery;
import io.valiant.message.SpillFile;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.junit.jupiter.api.Test;

/** What goes from task to task by mirrors and what does not; and graphs that grow while they are computed. */
class MirrorTest {
    private static final int VERTICES = 100;
    private static final int SUPERSTEPS = 4;
    private static final String INBOX = "inbox";

    /** Does what a setting says. */
    public static class Doing extends VertexProgram<LongWritable, LongWritable, LongWritable, LongWritable> {
        private final LongWritable one = new LongWritable(1);
        private String what;

        @Override
        public void setup(ProgramSetup graph) {
            what = graph.settings().get("what", "");
        }

        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, LongWritable, LongWritable> v, Iterable<LongWritable> messages) {
            for (LongWritable message : messages) {
                v.value().set(v.value().get() + message.get());
            }
            if (v.superstep() == SUPERSTEPS) {
                v.voteToHalt();
                return;
            }
            boolean first = v.id().get() == 0;
            switch (what) {
                case "own edge" -> {
                    if (first && v.superstep() == 0) {
                        v.addEdge(new LongWritable(1_000_000), one);
                    }
                }
                case "other edge" -> {
                    if (first && v.superstep() == 0) {
                        v.addEdge(new LongWritable(1), new LongWritable(1_000_000), one);
                    }
                }
                case "single" -> {
                    if (first) {
                        v.sendToNeighbours(one);
                    } else {
                        v.send(new LongWritable(0), one);
                    }
                }
                case "twice" -> {
                    v.sendToNeighbours(one);
                    v.sendToNeighbours(one);
                }
                case "value" -> {
                    for (Edge<LongWritable, LongWritable> edge : v.edges()) {
                        edge.setValue(new LongWritable(v.superstep()));
                    }
                    v.sendToNeighbours(one);
                }
                default -> v.sendToNeighbours(one);
            }
        }
    }

    /** The same, with a combiner. */
    public static final class Combining extends Doing {
        @Override
        public Combiner<LongWritable> combiner() {
            return (all, next) -> all.set(all.get() + next.get());
        }
    }

    /** Counts messages in which there is nothing. */
    public static final class Counting extends VertexProgram<LongWritable, LongWritable, NullWritable, NullWritable> {
        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, NullWritable, NullWritable> v, Iterable<NullWritable> messages) {
            for (NullWritable message : messages) {
                v.value().set(v.value().get() + message.toString().length());
            }
            if (v.superstep() == SUPERSTEPS) {
                v.voteToHalt();
            } else {
                v.sendToNeighbours(NullWritable.get());
            }
        }
    }

    /** Vertex 0 has so many edges, each other as many as there are vertices. */
    private static FakeJob job(Class<?> program, String what, int vertices, int ofFirst, int ofOthers) {
        StringBuilder vertexText = new StringBuilder();
        StringBuilder edgeText = new StringBuilder();
        for (int v = 0; v < vertices; v++) {
            vertexText.append(v).append('\n');
            for (int e = 0; e < (v == 0 ? ofFirst : ofOthers); e++) {
                edgeText.append(v).append(' ').append(e).append('\n');
            }
        }
        return FakeJob.of(program)
                .graph(vertexText.toString(), edgeText.toString())
                .set("what", what);
    }

    /** How many bytes superstep {@code superstep} finds. */
    private static int inbox(FakeJob.Result result, int superstep) {
        return checkpoint(result, superstep).parts().get(0).bytes(INBOX).length;
    }

    private static FakeCheckpoint checkpoint(FakeJob.Result result, int superstep) {
        return List.copyOf(result.checkpoints().values()).get(superstep - 1);
    }

    @Test
    void aTaskMayComeToKnowMoreVerticesWhileItComputes() throws Exception {
        for (int vertices : new int[] {64, 1024}) {
            Recovery.of(job(Doing.class, "own edge", vertices, 0, 0));
        }
    }

    @Test
    void aTaskMayComeToKnowMoreVerticesByEdgesThatWereAskedFor() throws Exception {
        for (int vertices : new int[] {64, 1024}) {
            Recovery.of(job(Doing.class, "other edge", vertices, 0, 0));
        }
    }

    @Test
    void aVertexWithoutEdgesDoesNotKeepOthersFromBeingCombined() throws Exception {
        assertThat(inbox(Recovery.of(job(Combining.class, "single", VERTICES, 0, 3)), 1))
                .isLessThan(VERTICES);
    }

    @Test
    void whereSingleMessagesAreSentTheyAreCombinedAgain() throws Exception {
        FakeJob.Result result = Recovery.of(job(Combining.class, "single", VERTICES, 2, 3));
        assertThat(inbox(result, 1)).isGreaterThan(VERTICES);
        assertThat(inbox(result, 2)).isLessThan(VERTICES);
        assertThat(inbox(result, 3)).isLessThan(VERTICES);
        assertThat(result.values()).containsEntry("0", "" + SUPERSTEPS * VERTICES);
    }

    @Test
    void onlyTheFirstMessageToAllNeighboursGoesByMirrors() throws Exception {
        int edges = VERTICES * 10;
        assertThat(inbox(Recovery.of(job(Doing.class, "", VERTICES, 10, 10)), 2))
                .isLessThan(edges * Integer.BYTES);
        assertThat(inbox(Recovery.of(job(Doing.class, "twice", VERTICES, 10, 10)), 2))
                .isGreaterThan(edges * Integer.BYTES);
    }

    @Test
    void whatIsSentTwiceComesTwiceWithLittleMemory() throws Exception {
        FakeJob job = job(Doing.class, "twice", VERTICES, 10, 10);
        for (int share = 5; share < 60; share += 5) {
            assertThat(job.memoryShare((long) VERTICES * 10 * share).run().values())
                    .containsEntry("9", "" + 2 * SUPERSTEPS * VERTICES);
        }
    }

    @Test
    void messagesOfNothingComeAsOftenAsTheyAreSent() throws Exception {
        int length = NullWritable.get().toString().length();
        assertThat(job(Counting.class, "", VERTICES, 10, 10).run().values())
                .containsEntry("9", "" + length * SUPERSTEPS * VERTICES)
                .containsEntry("10", "0");
    }

    /** Sends messages in which there is nothing, other than to all neighbours. */
    public static final class Knocking extends VertexProgram<LongWritable, LongWritable, NullWritable, NullWritable> {
        private String how;

        @Override
        public void setup(ProgramSetup graph) {
            how = graph.settings().get("what", "");
        }

        @Override
        public void compute(
                Vertex<LongWritable, LongWritable, NullWritable, NullWritable> v, Iterable<NullWritable> messages) {
            for (NullWritable message : messages) {
                v.value().set(v.value().get() + message.toString().length());
            }
            v.voteToHalt();
            if (v.superstep() > 0) {
                return;
            }
            switch (how) {
                case "id" -> v.send(new LongWritable(v.id().get() + 1), NullWritable.get());
                case "number" -> v.sendTo(v.number(), NullWritable.get());
                case "few" ->
                    v.sendToNeighbours(NullWritable.get(), edge -> edge.target().get() == 0);
                default -> {
                    if (v.id().get() == 0) {
                        v.sendToNeighbours(NullWritable.get());
                    }
                }
            }
        }
    }

    @Test
    void messagesOfNothingComeHoweverTheyAreSent() throws Exception {
        int length = NullWritable.get().toString().length();
        for (long share : new long[] {64, 1 << 20}) {
            assertThat(knocked("id", share)).containsEntry("0", "0").containsEntry("100", "" + length);
            assertThat(knocked("number", share)).containsEntry("0", "" + length).containsEntry("99", "" + length);
            assertThat(knocked("few", share))
                    .containsEntry("0", "" + length * VERTICES)
                    .containsEntry("1", "0");
            assertThat(knocked("", share)).containsEntry("9", "" + length).containsEntry("10", "0");
        }
    }

    private static SortedMap<String, String> knocked(String how, long share) throws Exception {
        return job(Knocking.class, how, VERTICES, 10, 10)
                .memoryShare(share)
                .tasks(2)
                .run()
                .values();
    }

    @Test
    void targetsOfMirrorsCountAmongWhatHasToFitIntoMemory() throws Exception {
        int edges = 1000;
        assertThat(spillFiles(edges, 3L * Integer.BYTES * edges)).isPositive();
        assertThat(spillFiles(edges, (3L * Integer.BYTES * edges) + 1000)).isZero();
    }

    /** How many files there are when little has come by a mirror of so many edges, and then something else. */
    private static int spillFiles(int edges, long memoryShare) throws Exception {
        VertexStore store = new VertexStore(0, 1);
        int[] targets = new int[edges];
        for (int i = 0; i < edges; i++) {
            byte[] id = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
            targets[i] = store.slotOf(store.place(id, 0, id.length));
        }
        AtomicInteger files = new AtomicInteger();
        Exchange exchange = (Exchange) Proxy.newProxyInstance(
                Exchange.class.getClassLoader(), new Class<?>[] {Exchange.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("memoryShare")) {
                        return memoryShare;
                    }
                    files.incrementAndGet();
                    return new SpillFile(Path.of(System.getProperty("java.io.tmpdir")));
                });
        try (Mail mail = new Mail(exchange, store)) {
            mail.mirror(0, 0, targets, edges);
            mail.begin(20, store.slots());
            mail.addByMirrors(0, new int[] {0}, 1, 1, new ByteInput().reset(new byte[] {1}, 0, 1));
            mail.add(0, new int[] {3}, 1, 1, new ByteInput().reset(new byte[] {2}, 0, 1));
            mail.end(store.slots());
            assertThat(mail.got()[0]).isEqualTo(-1L);
        }
        return files.get();
    }

    @Test
    void valuesOfEdgesDoNotMatterToMirrors() throws Exception {
        assertThat(inbox(Recovery.of(job(Doing.class, "value", VERTICES, 10, 10)), 3))
                .isLessThan(VERTICES * 10 * Integer.BYTES);
    }

    @Test
    void aMirrorOfAVertexThatTheSenderCannotHaveIsRefused() throws Exception {
        FakeJob job = job(Doing.class, "", VERTICES, 10, 10);
        FakeCheckpoint checkpoint = checkpoint(job.checkpointing().run(), 1);
        for (int source : new int[] {-1, VERTICES, Integer.MAX_VALUE - 8}) {
            FakeCheckpoint broken = checkpoint.with(0, INBOX, bytes -> withSource(bytes, source));
            assertThatThrownBy(() -> job.from(broken, List.of()).run())
                    .isInstanceOf(BspException.class)
                    .hasStackTraceContaining("a mirror of slot " + source + " of task 0, which has " + VERTICES);
        }
    }

    @Test
    void messagesByMirrorsThatAreNotThereAreRefused() throws Exception {
        FakeJob job = job(Doing.class, "", VERTICES, 10, 10);
        FakeCheckpoint checkpoint = checkpoint(job.checkpointing().run(), 2);
        for (int source : new int[] {-1, VERTICES, Integer.MAX_VALUE}) {
            FakeCheckpoint broken = checkpoint.with(0, INBOX, bytes -> withRunSource(bytes, source));
            assertThatThrownBy(() -> job.from(broken, List.of()).run())
                    .isInstanceOf(BspException.class)
                    .hasStackTraceContaining("by the mirror of slot " + source + " of task 0, which has none");
        }
    }

    @Test
    void moreMessagesThanHaveComeAreRefused() throws Exception {
        FakeJob job = job(Doing.class, "", VERTICES, 10, 10);
        FakeCheckpoint checkpoint = checkpoint(job.checkpointing().run(), 2);
        FakeCheckpoint broken = checkpoint.with(0, INBOX, bytes -> {
            byte[] other = bytes.clone();
            other[firstRun(bytes) + 2] = Byte.MAX_VALUE;
            return other;
        });
        assertThatThrownBy(() -> job.from(broken, List.of()).run())
                .isInstanceOf(BspException.class)
                .hasStackTraceContaining(" messages of 127 bytes where ");
    }

    /** Where the first messages by mirrors begin: of 8 bytes each. */
    private static int firstRun(byte[] inbox) {
        int at = 0;
        while (inbox[at] != Wire.SEND_BY_MIRRORS || inbox[at + 2] != Long.BYTES) {
            at++;
        }
        return at;
    }

    /** With another source of the first message by a mirror. */
    private static byte[] withRunSource(byte[] inbox, int value) {
        int at = firstRun(inbox) + 3;
        byte[] other = inbox.clone();
        for (int i = 0; i < Integer.BYTES; i++) {
            other[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
        return other;
    }

    /** Replaces the source of the first mirror that is made. */
    private static byte[] withSource(byte[] inbox, int source) {
        byte[] other = inbox.clone();
        int at = 0;
        while (other[at] != Wire.SEND_AND_MIRROR || other[at + 1] != 0 || other[at + 5] != 10) {
            at++;
        }
        for (int i = 0; i < Integer.BYTES; i++) {
            other[at + 1 + i] = (byte) (source >>> (Byte.SIZE * i));
        }
        return other;
    }
}
