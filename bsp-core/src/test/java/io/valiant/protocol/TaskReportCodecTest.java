package io.valiant.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobInput;
import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.wire.RefusedFrames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaskReportCodecTest {
    private static final AttemptId ATTEMPT = AttemptId.parse("job_c1_7_t3_a2");
    private static final AttemptProgress PROGRESS = new AttemptProgress(
            12, true, "computing", 1L << 33, 1L << 34, 5_000_000_000L, 7, 8, 9, new RefusedFrames(10, 11, 12));

    private static final CheckpointRef CHECKPOINT = new CheckpointRef(2, 40, "file:/s/j/g2-s40", 99);

    private static final List<ChildMessage> OF_CHILDREN = List.of(
            new ChildMessage.Attach("00ff", ATTEMPT, 4711, "127.0.0.1", 50123),
            new ChildMessage.Ping(3, PROGRESS),
            new ChildMessage.Finished(
                    2,
                    new TaskResult(
                            List.of(new OutputPart(3, "file:/o/_temporary/j/g2/part-00003", "part-00003", 17, -5)),
                            new TreeMap<>(Map.of("group", new TreeMap<>(Map.of("größe", Long.MIN_VALUE)))),
                            99,
                            new TreeMap<>(Map.of("vertices", 5L)))),
            new ChildMessage.Failed(
                    2, new Cause(CauseType.USER_ERROR, "m", "a", null, 4L, "java.lang.X: y\n\tat z", "f", 8L)),
            new ChildMessage.Failed(1, Cause.of(CauseType.STORAGE, "disk full")),
            new ChildMessage.LinkLost(2, 5, 77, "silent for 10 s"),
            new ChildMessage.Rejoined(3, "127.0.0.1", 50123),
            new ChildMessage.Checkpointed(
                    2,
                    40,
                    new CheckpointPart(3, "file:/s/j/g2-s40/part-00003", 1L << 40, -7, List.of("topology-g1-s5-3"))),
            new ChildMessage.CheckpointFailed(2, 40, "no space left"),
            new ChildMessage.RestoreFailed(3, CHECKPOINT, "block 2 is damaged"),
            new ChildMessage.Supersteps(
                    2,
                    List.of(
                            new SuperstepShare(
                                    7,
                                    1L << 50,
                                    12,
                                    13,
                                    14,
                                    15,
                                    SuperstepShare.UNKNOWN,
                                    17,
                                    18,
                                    new SuperstepTotals(1, 2, 3, 4),
                                    false),
                            new SuperstepShare(
                                    8, 0, 0, 0, 0, 0, 0, 0, SuperstepShare.UNKNOWN, SuperstepTotals.NONE, true))));

    private static final List<GroomMessage> OF_GROOMS = List.of(
            new GroomMessage.Attached(new TaskAssignment(ATTEMPT, 2, fullSpec(), List.of(split())), true),
            new GroomMessage.Attached(new TaskAssignment(ATTEMPT, 1, bareSpec(), List.of()), false),
            new GroomMessage.Attached(
                    new TaskAssignment(ATTEMPT, 3, bareSpec(), List.of(), "file:/s/j", CHECKPOINT), false),
            new GroomMessage.Rejoin(new TaskAssignment(ATTEMPT, 3, bareSpec(), List.of(), "file:/s/j", CHECKPOINT)),
            new GroomMessage.TakeCheckpoint(2),
            new GroomMessage.Refused("attempt is over"),
            new GroomMessage.Pong(Long.MAX_VALUE),
            new GroomMessage.Peers(new PeerTable(
                    new JobId("job_c1_7"), 2, "secret", List.of(new PeerAddress(ATTEMPT, "groom-1", "10.0.0.1", 1)))),
            new GroomMessage.Hold(),
            new GroomMessage.Resume(),
            new GroomMessage.EndConfirmed(2));

    @Test
    void everyMessageOfAChildComesBackAsItWas() throws BspException {
        for (ChildMessage message : OF_CHILDREN) {
            assertThat(TaskReportCodec.decodeChild(body(TaskReportCodec.encode(message))))
                    .isEqualTo(message);
        }
    }

    @Test
    void everyMessageOfAGroomComesBackAsItWas() throws BspException {
        for (GroomMessage message : OF_GROOMS) {
            assertThat(TaskReportCodec.decodeGroom(body(TaskReportCodec.encode(message))))
                    .isEqualTo(message);
        }
    }

    @Test
    void theLayoutIsFixed() throws BspException {
        assertThat(hex(TaskReportCodec.encode(OF_CHILDREN.get(0))))
                .isEqualTo("34000000" + "01" + "04000000" + "30306666" + "0e000000" + "6a6f625f63315f375f74335f6132"
                        + "6712000000000000" + "09000000" + "3132372e302e302e31" + "cbc30000");
        assertThat(hex(TaskReportCodec.encode(new GroomMessage.Pong(258))))
                .isEqualTo("09000000" + "23" + "0201000000000000");
        assertThat(hex(TaskReportCodec.encode(new GroomMessage.Hold()))).isEqualTo("01000000" + "25");
    }

    @Test
    void aFrameCutAnywhereOrTooLongIsRefused() throws BspException {
        for (ChildMessage message : OF_CHILDREN) {
            ByteBuffer body = body(TaskReportCodec.encode(message));
            for (int length = 0; length < body.remaining(); length++) {
                ByteBuffer cut = body.slice(body.position(), length);
                assertThatThrownBy(() -> TaskReportCodec.decodeChild(cut)).isInstanceOf(BspException.class);
            }
            ByteBuffer longer = ByteBuffer.allocate(body.remaining() + 1)
                    .put(body.duplicate())
                    .rewind();
            assertThatThrownBy(() -> TaskReportCodec.decodeChild(longer)).hasMessageContaining("too many");
        }
    }

    @Test
    void kindsOfTheOtherDirectionAreRefused() throws BspException {
        ByteBuffer hold = body(TaskReportCodec.encode(new GroomMessage.Hold()));
        assertThatThrownBy(() -> TaskReportCodec.decodeChild(hold)).hasMessageContaining("kind 37");
    }

    @Test
    void valuesThatNoRecordTakesAreRefused() throws BspException {
        ByteBuffer frame = TaskReportCodec.encode(OF_GROOMS.get(1));
        // maxAttempts, the last int but one before 'text', no files, the empty list of splits, no checkpoints, two
        // flags
        frame.putInt(frame.limit() - 1 - 1 - 4 - 4 - 4 - 8 - 8, 0);
        assertThatThrownBy(() -> TaskReportCodec.decodeGroom(body(frame)))
                .isInstanceOfSatisfying(
                        BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.FATAL));
    }

    @Test
    void readerCutsAStreamThatComesInSmallPieces() throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (GroomMessage message : OF_GROOMS) {
            stream.write(bytes(TaskReportCodec.encode(message)));
        }
        for (int piece : new int[] {1, 3, 4096, 1 << 20}) {
            TaskReportReader reader = new TaskReportReader(TaskReportCodec.FRAME_LIMIT);
            ReadableByteChannel channel = new Pieces(stream.toByteArray(), piece);
            List<GroomMessage> read = new java.util.ArrayList<>();
            while (reader.readFrom(channel) >= 0) {
                for (ByteBuffer frame = reader.next(); frame != null; frame = reader.next()) {
                    read.add(TaskReportCodec.decodeGroom(frame));
                }
            }
            assertThat(read).isEqualTo(OF_GROOMS);
        }
    }

    @Test
    void readerRefusesALengthAboveItsLimitBeforeMakingRoom() throws Exception {
        for (int length : new int[] {0, -1, TaskReportCodec.ATTACH_LIMIT + 1, Integer.MAX_VALUE}) {
            TaskReportReader reader = new TaskReportReader(TaskReportCodec.ATTACH_LIMIT);
            ByteBuffer bytes = ByteBuffer.allocate(4)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, length);
            assertThat(reader.readFrom(new Pieces(bytes.array(), 4))).isEqualTo(4);
            assertThatThrownBy(reader::next).hasMessageContaining("frame of " + length + " bytes");
        }
    }

    @Test
    void aHandoverIsReadOnceAndNotFromAHumansKeyboard() throws Exception {
        ChildHandover handover = new ChildHandover(
                "unix:/tmp/s",
                ATTEMPT,
                "token",
                "127.0.0.1",
                PeerTransport.SHM,
                "/dev/shm/p",
                "/w",
                "/s",
                "mark",
                1_000,
                5_000,
                2_000,
                0.3,
                1 << 30,
                60_000,
                new CheckpointTimes(5, 7_000),
                new TreeMap<>(Map.of("fs.a", "b")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handover.writeTo(out);
        assertThat(ChildHandover.readFrom(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(handover);
        assertThat(handover.toString()).doesNotContain("token");
        assertThat(ChildHandover.readFrom(new ByteArrayInputStream(new byte[0])))
                .isNull();
        assertThatThrownBy(() -> ChildHandover.readFrom(new ByteArrayInputStream(new byte[20])))
                .hasMessageContaining("started by its groom");
    }

    private static InputSplit split() {
        return new InputSplit("input", "file:/in/a", 5, -1);
    }

    private static JobSpec fullSpec() {
        return new JobSpec(
                "name",
                "user",
                "mine",
                "key",
                "bsp",
                "a.B",
                "a.M",
                "a.C",
                List.of("file:/j.jar"),
                4,
                List.of(new JobInput("input", "/in", "keyvalue", JobInput.HASH, true)),
                "file:/out",
                true,
                new TreeMap<>(Map.of("k", "v")),
                new TreeMap<>(Map.of("bsp.task.memory", "1g")),
                new TreeMap<>(Map.of("PATH", "/bin")),
                new TreeMap<>(Map.of("sum", Aggregate.DOUBLE_SUM)),
                1L << 30,
                List.of("-Xss1m"),
                -3,
                "zone=a",
                3,
                10,
                new JobData("sequence:a.K,a.V", new TreeMap<>(Map.of("words", "file:/words"))));
    }

    private static JobSpec bareSpec() {
        return new JobSpec(
                "n",
                "u",
                null,
                null,
                "bsp",
                "a.B",
                null,
                null,
                List.of(),
                1,
                List.of(),
                null,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                1,
                List.of(),
                0,
                null,
                1,
                0);
    }

    /** The frame without its length. */
    private static ByteBuffer body(ByteBuffer frame) {
        return frame.slice(4, frame.limit() - 4);
    }

    private static String hex(ByteBuffer frame) {
        return HexFormat.of().formatHex(bytes(frame));
    }

    private static byte[] bytes(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.duplicate().get(bytes);
        return bytes;
    }

    /** Gives at most so many bytes a read. */
    private static final class Pieces implements ReadableByteChannel {
        private final ReadableByteChannel all;
        private final int piece;

        private Pieces(byte[] bytes, int piece) {
            this.all = Channels.newChannel(new ByteArrayInputStream(bytes));
            this.piece = piece;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            ByteBuffer part = into.slice(into.position(), Math.min(piece, into.remaining()));
            int count = all.read(part);
            into.position(into.position() + Math.max(0, count));
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
