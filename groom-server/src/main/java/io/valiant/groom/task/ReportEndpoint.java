package io.valiant.groom.task;

import io.valiant.bsp.BspException;
import io.valiant.config.HostPort;
import io.valiant.groom.launch.Folders;
import io.valiant.io.LocalTree;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * The address of the task-report server, bound: a Unix-domain socket in a folder that only this user can enter, or TCP.
 * Who connects to the socket has to be this user; over TCP the attempt's token alone decides.
 */
final class ReportEndpoint implements AutoCloseable {
    /** Longest path of a Unix-domain socket, in bytes. */
    static final int LONGEST_PATH = 107;

    private static final String FOLDER = "report";
    private static final String SOCKET = "socket";
    private static final String ELSEWHERE = "report-folder";

    private final ServerSocketChannel channel;
    private final String address;
    private final Path folder;
    private final UserPrincipal owner;

    private ReportEndpoint(ServerSocketChannel channel, String address, Path folder, UserPrincipal owner) {
        this.channel = channel;
        this.address = address;
        this.folder = folder;
        this.owner = owner;
    }

    /**
     * Binds.
     *
     * @param tcp address as others use it, or empty for a Unix-domain socket
     * @param bound what is bound for it
     * @param localFolder where the socket's folder lies, unless the path is too long
     */
    static ReportEndpoint open(Optional<HostPort> tcp, Optional<HostPort> bound, Path localFolder) throws BspException {
        String wanted = tcp.map(HostPort::toString).orElse("unix:");
        try {
            return tcp.isPresent() ? overTcp(tcp.get(), bound.orElse(tcp.get())) : overUnix(localFolder);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "bsp.groom.report.address = " + wanted + " cannot be bound: " + e.getMessage() + "; set another",
                    e);
        }
    }

    private static ReportEndpoint overTcp(HostPort address, HostPort bound) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(bound.resolve());
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new ReportEndpoint(channel, address.withPort(port).toString(), null, null);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ReportEndpoint overUnix(Path localFolder) throws IOException {
        removeElsewhere(localFolder);
        Path folder = localFolder.resolve(FOLDER);
        LocalTree.delete(folder);
        if (isTooLong(folder)) {
            folder = Files.createTempDirectory("bsp-");
            if (isTooLong(folder)) {
                Files.delete(folder);
                folder = Files.createTempDirectory(Path.of("/tmp"), "bsp-");
            }
            Files.writeString(localFolder.resolve(ELSEWHERE), folder.toString());
        }
        Folders.makePrivate(folder);
        Path socket = folder.resolve(SOCKET);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            return new ReportEndpoint(channel, "unix:" + socket, folder, Files.getOwner(folder));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isTooLong(Path folder) {
        return folder.resolve(SOCKET).toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH;
    }

    /** Removes the folder that an earlier groom had to make elsewhere, as it noted. */
    private static void removeElsewhere(Path localFolder) throws IOException {
        Path note = localFolder.resolve(ELSEWHERE);
        if (!Files.exists(note)) {
            return;
        }
        Path folder = Path.of(Files.readString(note).strip());
        boolean ours = folder.getFileName() != null
                && folder.getFileName().toString().startsWith("bsp-")
                && Files.isDirectory(folder)
                && Files.getOwner(folder).equals(Files.getOwner(localFolder));
        if (ours) {
            Files.deleteIfExists(folder.resolve(SOCKET));
            Files.deleteIfExists(folder);
        }
        Files.delete(note);
    }

    /** Whether who looks for the address finds it: the file of a socket may have been removed. */
    boolean isReachable() {
        return folder == null || Files.exists(folder.resolve(SOCKET));
    }

    /** Binds the same socket anew where its file has been removed; this endpoint has to be given up. */
    ReportEndpoint bindAgain() throws IOException {
        makeOwn();
        ServerSocketChannel fresh = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            fresh.bind(UnixDomainSocketAddress.of(folder.resolve(SOCKET)));
            return new ReportEndpoint(fresh, address, folder, owner);
        } catch (IOException | RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    /**
     * In a folder where all may write, as the temporary one, another user may have made what was removed, or a link of its
     * name.
     */
    private void makeOwn() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        boolean own = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner);
        if (!own) {
            throw new IOException(folder + ", where children report, was removed and is another's now");
        }
        Folders.makePrivate(folder);
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** As children are told: {@code unix:/path} or {@code host:port}. */
    String address() {
        return address;
    }

    /** Whether who connected may speak at all. */
    boolean admits(SocketChannel connected) throws IOException {
        if (owner == null) {
            return true;
        }
        return connected.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (folder != null) {
            Files.deleteIfExists(folder.resolve(SOCKET));
            Files.deleteIfExists(folder);
        }
    }
}
