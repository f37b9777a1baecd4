package io.valiant.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerFolderTest {
    private static final AttemptId ATTEMPT = new AttemptId(new JobId("job_c_1"), 3, 2);

    @TempDir
    Path place;

    @Test
    void whatIsMadeIsClosedToOthersAndTakenAgain() throws Exception {
        Path path = place.resolve("p");
        assertThat(PeerFolder.make(path).path()).isEqualTo(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        assertThat(PeerFolder.make(path).path()).isEqualTo(path);
        assertThat(files(path)).isEmpty();
    }

    @Test
    void aFolderThatIsOpenOrALinkOrNoneIsRefused() throws Exception {
        Path path = PeerFolder.make(place.resolve("p")).path();
        Path link = Files.createSymbolicLink(place.resolve("link"), path);
        assertThatThrownBy(() -> PeerFolder.make(link)).hasMessage(link + " is not a folder");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(() -> PeerFolder.make(path))
                .hasMessage(path + " is open to other users: its permissions have to be rwx------");
        Path file = Files.createFile(place.resolve("file"));
        assertThatThrownBy(() -> PeerFolder.make(file)).hasMessage(file + " is not a folder");
        assertThatThrownBy(() -> PeerFolder.of(place.resolve("none"))).hasMessageContaining("is not a folder");
        Path deep = place.resolve("x".repeat(100));
        assertThatThrownBy(() -> PeerFolder.of(deep))
                .hasMessage("the name of " + deep + " is too long for sockets in it");
    }

    @Test
    void aNameThatIsNoRingsIsRefused() throws Exception {
        PeerFolder folder = PeerFolder.make(place.resolve("p"));
        Path socket = folder.socket(ATTEMPT, 4711);
        assertThat(folder.ring(PeerFolder.ring(socket, 7).getFileName().toString()))
                .isEqualTo(PeerFolder.ring(socket, 7));
        for (String name : new String[] {"", "..", "../x", "/etc/passwd", socket.getFileName() + ".7/../../x", "a.1"}) {
            assertThatThrownBy(() -> folder.ring(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAKilledChildLeftIsRemovedAndNothingElse() throws Exception {
        PeerFolder folder = PeerFolder.make(place.resolve("p"));
        Path socket = folder.socket(ATTEMPT, 4711);
        Path other = folder.socket(new AttemptId(new JobId("job_c_1"), 3, 3), 4711);
        Files.createFile(socket);
        Files.createFile(PeerFolder.unfinished(socket));
        Files.createFile(PeerFolder.ring(socket, 1));
        Files.createFile(other);
        folder.remove(ATTEMPT);
        assertThat(files(folder.path())).containsExactly(other);
    }

    @Test
    void aSweepRemovesWhatNobodyAnswersAtAndTheRingsOfThose() throws Exception {
        PeerFolder folder = PeerFolder.make(place.resolve("p"));
        Path dead = folder.socket(ATTEMPT, 4711);
        Path live = folder.socket(ATTEMPT, 4712);
        bound(dead).close();
        Files.createFile(PeerFolder.ring(dead, 1));
        Files.createFile(PeerFolder.ring(live, 1));
        ServerSocketChannel listening = bound(live);
        try {
            folder.sweep();
        } finally {
            listening.close();
        }
        assertThat(files(folder.path())).containsExactlyInAnyOrder(live, PeerFolder.ring(live, 1));
        folder.sweep();
        assertThat(files(folder.path())).isEmpty();
    }

    private static ServerSocketChannel bound(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    @Test
    void aRingIsNeverALinkNorOfAnImpossibleLength() throws Exception {
        PeerFolder folder = PeerFolder.make(place.resolve("p"));
        Path path = PeerFolder.ring(folder.socket(ATTEMPT, 1), 1);
        RingFile made = RingFile.create(path, 8192);
        assertThat(Files.size(path)).isEqualTo(RingFile.HEADER_BYTES + 2 * 8192);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> RingFile.create(path, 8192)).isInstanceOf(IOException.class);
        assertThat(RingFile.open(path).name()).isEqualTo(made.name());
        Path link = Files.createSymbolicLink(PeerFolder.ring(folder.socket(ATTEMPT, 1), 2), path);
        assertThatThrownBy(() -> RingFile.open(link)).isInstanceOf(IOException.class);
        Files.write(path, new byte[RingFile.HEADER_BYTES + 2 * 8192 - 1]);
        assertThatThrownBy(() -> RingFile.open(path)).hasMessageContaining("impossible length");
        made.unlink();
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
