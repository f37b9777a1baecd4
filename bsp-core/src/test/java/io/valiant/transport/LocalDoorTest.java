package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.config.PeerTransport;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.time.FakeTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalDoorTest {
    private static final JobId JOB = new JobId("job_c_1");
    private static final int RINGS = 100;

    @TempDir
    Path place;

    private final FakeTime time = new FakeTime();
    private final AtomicInteger collections = new AtomicInteger();
    private final List<String> notes = new ArrayList<>();
    private final List<LocalDoor> doors = new ArrayList<>();
    private final Waits waits = new Waits();
    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        doors.forEach(LocalDoor::close);
        selector.close();
    }

    /** The door of that peer, which has no room for any ring. */
    private LocalDoor crowded(PeerTransport transport, int index) throws IOException {
        PeerFolder folder = PeerFolder.make(place.resolve("p"));
        for (int i = 1; i <= RINGS; i++) {
            Path door = folder.socket(new AttemptId(JOB, index, 1), index + 1);
            Files.createFile(PeerFolder.ring(door, i));
        }
        return door(transport, index);
    }

    private LocalDoor door(PeerTransport transport, int index) throws IOException {
        LocalLinks links =
                new LocalLinks(transport, PeerFolder.make(place.resolve("p")).path(), new AttemptId(JOB, index, 1));
        RingRoom room = new RingRoom(time, collections::incrementAndGet);
        doors.add(LocalDoor.open(links, index + 1, selector, room, notes::add));
        return doors.get(doors.size() - 1);
    }

    private static LinkAddress address(int index) {
        return new LinkAddress(new LinkIdentity(JOB, 1, index, 1, "secret"), "127.0.0.1", index + 1, 2);
    }

    @Test
    void manyLinksWithoutRoomCostOneCollectionAndEachIsTriedOnceMore() throws IOException {
        LocalDoor crowded = crowded(PeerTransport.AUTO, 0);
        for (int peer = 1; peer <= 5; peer++) {
            door(PeerTransport.AUTO, peer);
            LinkAddress to = address(peer);
            assertThatThrownBy(() -> crowded.dial(to, waits)).hasMessageContaining("yet: ");
            assertThat(notes).hasSize(peer - 1);
            crowded.dial(to, waits).close();
            assertThat(notes).hasSize(peer);
        }
        assertThat(collections).hasValue(1);
    }

    @Test
    void aLinkThatMustHaveARingCollectsAtTimesOnlyHoweverOftenItIsDialled() throws IOException {
        LocalDoor crowded = crowded(PeerTransport.SHM, 0);
        door(PeerTransport.SHM, 1);
        for (int i = 0; i < 20; i++) {
            dialInVain(crowded);
            time.pass(Duration.ofMillis(499));
        }
        assertThat(collections).hasValue(1);
        time.pass(Duration.ofMillis(20));
        dialInVain(crowded);
        dialInVain(crowded);
        assertThat(collections).hasValue(2);
    }

    private void dialInVain(LocalDoor crowded) {
        assertThatThrownBy(() -> crowded.dial(address(1), waits)).hasMessageContaining("no shared memory");
    }

    @Test
    void aRingIsQuietUntilTheOtherEndWritesAndAgainWhenThatIsRead() throws IOException {
        LocalDoor dialler = door(PeerTransport.AUTO, 0);
        LocalDoor answerer = door(PeerTransport.AUTO, 1);
        ByteStream dialled = dialler.dial(address(1), waits);
        ByteStream accepted = answerer.accept(new Waits());
        ByteBuffer read = ByteBuffer.allocate(8);
        assertThat(dialled.isQuiet()).isFalse();
        assertThat(accepted.isQuiet()).isFalse();
        assertThat(accepted.read(read)).isZero();
        assertThat(dialled.isConnected()).isTrue();
        assertThat(dialled.isQuiet()).isTrue();
        assertThat(accepted.isQuiet()).isTrue();
        dialled.write(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {7})}, 1);
        assertThat(dialled.isQuiet()).isTrue();
        assertThat(accepted.isQuiet()).isFalse();
        assertThat(accepted.read(read)).isEqualTo(1);
        assertThat(accepted.isQuiet()).isTrue();
        accepted.close();
        dialled.close();
    }

    @Test
    void ofASocketItCannotBeToldWhetherItIsQuiet() throws IOException {
        LocalDoor dialler = door(PeerTransport.UNIX, 0);
        LocalDoor answerer = door(PeerTransport.UNIX, 1);
        ByteStream dialled = dialler.dial(address(1), waits);
        ByteStream accepted = answerer.accept(new Waits());
        assertThat(accepted.read(ByteBuffer.allocate(8))).isZero();
        assertThat(dialled.isConnected()).isTrue();
        assertThat(dialled.isQuiet()).isFalse();
        assertThat(accepted.isQuiet()).isFalse();
        accepted.close();
        dialled.close();
    }
}
