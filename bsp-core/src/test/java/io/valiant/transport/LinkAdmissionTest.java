package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.transport.LinkAdmission.Arrival;
import io.valiant.transport.LinkAdmission.Verdict;
import io.valiant.wire.Frame;
import io.valiant.wire.FrameKind;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LinkAdmissionTest {
    private static final JobId JOB = new JobId("job_c_1");

    private final LinkAdmission<String> admission = new LinkAdmission<>();

    @Test
    void beforeTheGenerationIsKnownEverybodyWaits() {
        assertThat(admission.judge(hello(5, 1))).isEqualTo(Verdict.PARK);
    }

    @Test
    void olderIsRefusedNewerWaitsTheSameComesIn() {
        admission.open(new LinkIdentity(JOB, 5, 1, 1, "s"), 4);
        assertThat(admission.judge(hello(4, 2))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(5, 2))).isEqualTo(Verdict.ADMIT);
        assertThat(admission.judge(hello(6, 2))).isEqualTo(Verdict.PARK);
    }

    @Test
    void onlyHigherIndexesOfThisJobDial() {
        admission.open(new LinkIdentity(JOB, 5, 1, 1, "s"), 4);
        assertThat(admission.judge(hello(5, 0))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(5, 1))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(5, 4))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(6, 0))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(6, 4))).isEqualTo(Verdict.REFUSE);
        assertThat(admission.judge(hello(new LinkIdentity(new JobId("other"), 5, 2, 1, "s"))))
                .isEqualTo(Verdict.REFUSE);
    }

    @Test
    void whatIsNotAHelloIsRefused() {
        assertThat(admission.judge(LinkAdmission.refusal(hello(5, 2), 0))).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void aDamagedHelloIsDroppedSinceItsDiallerMayTryAgain() {
        ByteBuffer damaged = hello(5, 2);
        damaged.put(60, (byte) (damaged.get(60) + 1));
        assertThat(admission.judge(damaged)).isEqualTo(Verdict.DROP);
    }

    @Test
    void openingLetsInWhatWaitedAndKeepsWhatIsNewer() {
        admission.park(new Arrival<>("a", hello(5, 2)));
        admission.park(new Arrival<>("b", hello(6, 2)));
        assertThat(admission.open(new LinkIdentity(JOB, 5, 1, 1, "s"), 4))
                .extracting(Arrival::connection)
                .containsExactly("a");
        assertThat(admission.clear()).containsExactly("b");
    }

    @Test
    void parkingIsBoundedAndOncePerSender() {
        assertThat(admission.park(new Arrival<>("old", hello(5, 2)))).isNull();
        assertThat(admission.park(new Arrival<>("new", hello(5, 2)))).isEqualTo("old");
        for (int i = 3; i < 3 + LinkAdmission.MAX_PARKED; i++) {
            admission.park(new Arrival<>("c" + i, hello(5, i)));
        }
        assertThat(admission.parked()).isEqualTo(LinkAdmission.MAX_PARKED);
        assertThat(admission.clear()).doesNotContain("new").contains("c3");
    }

    private static ByteBuffer hello(long generation, int index) {
        return hello(new LinkIdentity(JOB, generation, index, 1, "s"));
    }

    private static ByteBuffer hello(LinkIdentity who) {
        LinkSession session =
                new LinkSession(who, who.peer(who.index() == 0 ? 1 : 0, 1), LinkTimes.DEFAULT, frame -> {}, 0);
        if (who.index() == 0) {
            ByteBuffer frame = Frame.allocate(Handshake.MAX_FRAME_BYTES);
            new Handshake(who, 0, 1).encode(FrameKind.HELLO, frame, new CRC32C());
            return frame;
        }
        session.tick(0);
        session.connected(0);
        return LinkSessionTest.take(session);
    }
}
