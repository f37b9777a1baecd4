package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;

/**
 * A job's side files under the names that programs use: brought to a folder of the task when they are first asked for, local
 * ones by a link, others by a copy. Program's thread.
 */
public final class SideFiles {
    private final FileStores stores;
    private final Path folder;

    /** @param folder the task's own, made when needed */
    public SideFiles(FileStores stores, Path folder) {
        this.stores = stores;
        this.folder = folder;
    }

    /**
     * A file by its name.
     *
     * @param files URIs by name
     */
    Path find(String name, SortedMap<String, String> files) throws BspException {
        String uri = files.get(name);
        if (uri == null) {
            throw BspException.user("the job has no file '%s'; it has %s (BspJob.file, --files)", name, files.keySet());
        }
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            return target;
        }
        try {
            Files.createDirectories(folder);
            if (FileStores.isLocal(uri)) {
                Path original = FileStores.local(uri);
                if (!Files.isReadable(original)) {
                    throw BspException.user("the side file %s does not exist any more or cannot be read", uri);
                }
                Files.deleteIfExists(target);
                return Files.createSymbolicLink(target, original);
            }
            return copy(uri, target);
        } catch (IOException e) {
            throw new StorageException(
                    "cannot bring the side file " + uri + " to " + target + ": " + e.getMessage(), e);
        }
    }

    /** A copy that broke off must not be taken for the file. */
    private Path copy(String uri, Path target) throws BspException, IOException {
        FileStore store = stores.of(uri);
        Path begun = folder.resolve(".begun");
        try (InputStream in = store.open(uri, 0)) {
            Files.copy(in, begun, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.move(begun, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
