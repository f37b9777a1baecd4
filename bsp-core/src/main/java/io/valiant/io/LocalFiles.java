package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Files of this machine. */
final class LocalFiles implements FileStore {
    static final LocalFiles INSTANCE = new LocalFiles();

    private static final String SCHEME = "file:";

    private LocalFiles() {}

    /** The path of a URI or of a plain path; relative ones lie in the working folder. */
    static Path path(String uri) {
        String path = uri;
        if (path.startsWith(SCHEME)) {
            path = path.substring(SCHEME.length());
            if (path.startsWith("//")) {
                int slash = path.indexOf('/', 2);
                path = slash < 0 ? "/" : path.substring(slash);
            }
        }
        return Path.of(path).toAbsolutePath().normalize();
    }

    static String uri(Path path) {
        return SCHEME + "//" + path;
    }

    @Override
    public Entry find(String uri) throws BspException {
        Path path = path(uri);
        try {
            return entry(path, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
                return null;
            }
            throw failed("look at", uri, e);
        } catch (IOException e) {
            throw failed("look at", uri, e);
        }
    }

    @Override
    public List<Entry> list(String folder) throws BspException {
        List<Entry> entries = peek(folder, Integer.MAX_VALUE);
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    @Override
    public List<Entry> peek(String folder, int most) throws BspException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(path(folder))) {
            for (Iterator<Path> path = paths.iterator(); entries.size() < most && path.hasNext(); ) {
                Path next = path.next();
                BasicFileAttributes attributes = attributes(next);
                if (attributes != null) {
                    entries.add(entry(next, attributes));
                }
            }
        } catch (IOException e) {
            throw failed("list", folder, e);
        } catch (DirectoryIteratorException e) {
            throw failed("list", folder, e.getCause());
        }
        return entries;
    }

    /** Of a link to nothing those of the link, which whoever opens it is told; null where it has gone meanwhile. */
    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Files.isSymbolicLink(path)
                    ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    : null;
        }
    }

    private static Entry entry(Path path, BasicFileAttributes attributes) {
        Path name = path.getFileName();
        boolean folder = attributes.isDirectory();
        return new Entry(uri(path), name == null ? "/" : name.toString(), folder ? 0 : attributes.size(), folder);
    }

    @Override
    public InputStream open(String uri, long offset) throws BspException {
        try {
            // before it is opened: of a pipe that would last until somebody writes to it
            if (Files.readAttributes(path(uri), BasicFileAttributes.class).isOther()) {
                throw BspException.user("cannot read %s: it is no regular file", uri);
            }
            SeekableByteChannel channel = Files.newByteChannel(path(uri));
            try {
                return Channels.newInputStream(channel.position(offset));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed("read", uri, e);
        }
    }

    @Override
    public Sink create(String uri) throws BspException {
        Path path = path(uri);
        try {
            Path above = path.getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            return new ChannelSink(FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
        } catch (IOException e) {
            throw failed("write", uri, e);
        }
    }

    /** What was not forced is dropped: a write that is said to be done may have been lost since. */
    @Override
    public Resumed resume(String uri, long forced) throws BspException {
        try {
            FileChannel channel = FileChannel.open(path(uri), StandardOpenOption.WRITE);
            try {
                return new Resumed(new ChannelSink(cutTo(channel, forced)), forced);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            // Missing or closed to us it may be because its disk is away.
            throw new StorageException("cannot write on " + uri + ": " + e, e);
        }
    }

    private static FileChannel cutTo(FileChannel channel, long forced) throws IOException {
        if (channel.size() < forced) {
            throw new IOException("it has " + channel.size() + " bytes, " + forced + " were forced");
        }
        return channel.truncate(forced).position(forced);
    }

    @Override
    public void createPrivateFolder(String folder) throws BspException {
        Path path = path(folder);
        try {
            Files.createDirectories(path.getParent());
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw failed("make", folder, e);
        }
    }

    @Override
    public void rename(String from, String to) throws BspException {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("rename to " + to, from, e);
        }
    }

    @Override
    public void delete(String uri) throws BspException {
        try {
            LocalTree.delete(path(uri));
        } catch (IOException e) {
            throw failed("remove", uri, e);
        }
    }

    @Override
    public void deleteIfEmpty(String folder) throws BspException {
        Path path = path(folder);
        try {
            if (Files.isDirectory(path)) {
                Files.deleteIfExists(path);
            }
        } catch (DirectoryNotEmptyException e) {
            return;
        } catch (IOException e) {
            throw failed("remove", folder, e);
        }
    }

    @Override
    public void force(String folder) throws BspException {
        try (FileChannel channel = FileChannel.open(path(folder), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw failed("force", folder, e);
        }
    }

    private static BspException failed(String what, String uri, IOException e) {
        if (e instanceof NoSuchFileException) {
            return BspException.user("cannot %s %s: it does not exist", what, uri);
        }
        if (e instanceof AccessDeniedException) {
            return BspException.user("cannot %s %s: permission denied", what, uri);
        }
        if (e instanceof NotDirectoryException) {
            return BspException.user("cannot %s %s: it is not a folder", what, uri);
        }
        return new StorageException("cannot " + what + " " + uri + ": " + e, e);
    }

    private static final class ChannelSink extends Sink {
        private final FileChannel channel;

        private ChannelSink(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, from, count);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
