package io.valiant.transport;

import io.valiant.id.AttemptId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder in which the peers of one user on one machine find each other without a network. It belongs to that user and is
 * closed to all others; no link is followed to it or in it. All that is in it:
 *
 * <pre>
 *   ATTEMPT-PORT        the Unix-domain socket of a child: a hash of its attempt, the TCP port it has besides
 *   ATTEMPT-PORT.N      the ring of its n-th connection; gone as soon as both ends have it
 *   .ATTEMPT-PORT       a socket that is being made
 *   .owner-PID-THREAD   made for a moment, to see whose files one's own are
 * </pre>
 *
 * A name follows from what the peer table says, so that no peer is ever told a path. Any thread.
 */
public final class PeerFolder {
    /** Longest path of a Unix-domain socket, in bytes. */
    static final int LONGEST_PATH = 107;

    /** Memory as a file system, where there is one. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Pattern SOCKET = Pattern.compile("[0-9a-f]{16}-[0-9]{1,5}");
    private static final Pattern RING = Pattern.compile("([0-9a-f]{16}-[0-9]{1,5})\\.[0-9]{1,9}");
    private static final int LONGEST_RING_SUFFIX = 10;
    private static final int LONGEST_NAME = 1 + 16 + 1 + 5 + LONGEST_RING_SUFFIX;
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Path folder;

    private PeerFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder of this user, made if there is none: in the shared memory of the machine, else in a folder for temporary
     * files.
     *
     * @throws IOException with one line if there can be none
     */
    public static PeerFolder ofUser() throws IOException {
        List<Path> places = new ArrayList<>();
        if (Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)) {
            places.add(SHARED_MEMORY);
        }
        places.add(Path.of(System.getProperty("java.io.tmpdir")));
        places.add(Path.of("/tmp"));
        String name = "bsp-peers-" + System.getProperty("user.name").replaceAll("[^-A-Za-z0-9_.]", "_");
        IOException failure = null;
        for (Path place : places) {
            try {
                return make(place.resolve(name));
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw Objects.requireNonNull(failure);
    }

    /** Makes a folder if it is not there, and takes it as {@link #of} does. */
    public static PeerFolder make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
        } catch (FileAlreadyExistsException unused) {
            // whose it is is seen below
        }
        return of(folder);
    }

    /**
     * Takes a folder that is there.
     *
     * @throws IOException with one line if it is not a folder of this user closed to all others, or its name is too long
     */
    public static PeerFolder of(Path folder) throws IOException {
        int length = folder.toString().getBytes(StandardCharsets.UTF_8).length + 1 + LONGEST_NAME;
        if (length > LONGEST_PATH) {
            throw new IOException("the name of " + folder + " is too long for sockets in it");
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is not a folder");
        }
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)) {
            throw new IOException(folder + " is open to other users: its permissions have to be rwx------");
        }
        if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self(folder))) {
            throw new IOException(folder + " belongs to another user");
        }
        return new PeerFolder(folder);
    }

    /** Whose files this process makes. */
    private static UserPrincipal self(Path folder) throws IOException {
        Path probe = folder.resolve(".owner-" + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().getId());
        Files.deleteIfExists(probe);
        Files.createFile(probe);
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** Where the socket of that attempt is, which listens to that TCP port besides. */
    public Path socket(AttemptId attempt, int port) {
        return folder.resolve(prefix(attempt) + port);
    }

    /** Where a socket is bound before it listens: at its own name it always answers. */
    static Path unfinished(Path socket) {
        return socket.resolveSibling("." + socket.getFileName());
    }

    /** Where the ring of that socket's so manieth connection is. */
    static Path ring(Path socket, int number) {
        return socket.resolveSibling(socket.getFileName() + "." + number);
    }

    /** The ring of that name. IllegalArgumentException for any other name. */
    Path ring(String name) {
        if (!RING.matcher(name).matches()) {
            throw new IllegalArgumentException("no ring has that name");
        }
        return folder.resolve(name);
    }

    private static String prefix(AttemptId attempt) {
        long hash = FNV_START;
        String text = attempt.toString();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return HexFormat.of().toHexDigits(hash) + "-";
    }

    /**
     * Removes what an attempt that has ended may have left. One of another cluster may have the same name: what somebody listens at
     * stays.
     */
    public void remove(AttemptId attempt) throws IOException {
        String prefix = prefix(attempt);
        removeLeft(file -> name(file).startsWith(prefix) || name(file).startsWith("." + prefix));
    }

    /**
     * Removes what is left of children that are gone, whoever's they were: sockets at which nobody listens, and rings of
     * sockets that are gone.
     */
    public void sweep() throws IOException {
        removeLeft(file -> true);
    }

    /** A folder that is gone has nothing left in it: systems clear shared memory when a user logs out. */
    private void removeLeft(DirectoryStream.Filter<Path> which) throws IOException {
        List<Path> rings = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, which)) {
            for (Path file : files) {
                if (RING.matcher(name(file)).matches()) {
                    rings.add(file);
                } else if ((SOCKET.matcher(name(file)).matches() || isBeingMade(file)) && !isHeard(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (Path ring : rings) {
            String socket = name(ring).substring(0, name(ring).indexOf('.'));
            if (!Files.exists(folder.resolve(socket), LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(ring);
            }
        }
    }

    /** A socket that has not its name yet. */
    private static boolean isBeingMade(Path file) {
        return name(file).startsWith(".")
                && SOCKET.matcher(name(file).substring(1)).matches();
    }

    private static boolean isHeard(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException unused) {
            return false;
        } catch (IOException unused) {
            // Too busy to answer, or just gone.
            return true;
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
