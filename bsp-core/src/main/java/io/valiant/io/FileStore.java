package io.valiant.io;

import io.valiant.bsp.BspException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A file system as the rest of Valiant needs it. Files are named by URI as in Hadoop: scheme, then the path as it is,
 * without percent-escapes. Safe in any thread. What fails for the moment is a {@link StorageException}; what the user
 * can correct (no such file, no permission) is of kind USER.
 */
public interface FileStore {
    /**
     * A file or folder.
     *
     * @param uri whole
     * @param name last part of its path
     * @param length bytes; 0 for a folder
     * @param folder whether it is one
     */
    record Entry(String uri, String name, long length, boolean folder) {}

    /** A file being written. */
    abstract class Sink extends OutputStream {
        /** Returns when all that was written survives a crash of process and machine. */
        public abstract void force() throws IOException;
    }

    /**
     * A file that is written on.
     *
     * @param sink takes the byte at {@code position} next
     * @param position bytes that the file has
     */
    record Resumed(Sink sink, long position) {}

    /** What is there, or null. */
    Entry find(String uri) throws BspException;

    /** What a folder holds, by name (unsigned order of chars). */
    List<Entry> list(String folder) throws BspException;

    /**
     * Some of what a folder holds, in no order: for who wants to know whether it holds anything, or anything else. Costs as much
     * for a folder of millions as for a small one where the store can list in pieces.
     *
     * @param most so many at most, from 1; fewer only if the folder holds no more
     */
    List<Entry> peek(String folder, int most) throws BspException;

    /** Reads from a byte on; not buffered. */
    InputStream open(String uri, long offset) throws BspException;

    /** Makes or empties a file, and the folders above it; not buffered. */
    Sink create(String uri) throws BspException;

    /**
     * Opens a file to write on whose writing broke off. It keeps the bytes forced, perhaps some of those that were written
     * behind them, in order and right to the bit, and nothing else.
     *
     * @param forced bytes from its start for which {@link Sink#force} has returned
     * @throws BspException a {@link StorageException} if it cannot be done now; of another kind if files of this store
     *     cannot be written on
     */
    Resumed resume(String uri, long forced) throws BspException;

    /** Makes a folder that only its owner can look into, and the folders above it; fails if it is there already. */
    void createPrivateFolder(String folder) throws BspException;

    /** Moves a file or folder within this store to a name that does not exist; atomic. */
    void rename(String from, String to) throws BspException;

    /** Removes a file or a folder with all it holds; nothing happens if it is not there. */
    void delete(String uri) throws BspException;

    /** Removes a folder if it is there and empty. */
    void deleteIfEmpty(String folder) throws BspException;

    /** Returns when renames and deletions in that folder survive a crash of the machine. */
    void force(String folder) throws BspException;
}
