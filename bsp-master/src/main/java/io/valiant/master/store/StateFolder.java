package io.valiant.master.store;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder with a master's state: its owner's alone, and one process's at a time. */
public final class StateFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private StateFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the folder if it is not there, and takes it.
     *
     * @throws BspException USER if another process has it, or it cannot be written
     */
    public static StateFolder take(Path folder) throws BspException {
        try {
            Files.createDirectories(folder);
            PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(OWNER_ONLY);
            }
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw BspException.user(
                        "another master runs on the state in %s; stop it, or set another bsp.master.state.dir", folder);
            }
            return new StateFolder(folder, channel, lock);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "bsp.master.state.dir = " + folder + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The database file. */
    public Path database() {
        return folder.resolve("master.db");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
