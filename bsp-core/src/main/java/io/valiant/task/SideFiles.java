package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStores;
import io.valiant.io.StagedJars;
import io.valiant.io.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Brings a job's side files into the working folder of a child, where its program opens them by name. */
final class SideFiles {
    private SideFiles() {}

    /** Copies them; what an earlier generation left, or changed, is replaced. */
    static void fetch(List<String> files, FileStores stores, Path work) throws BspException {
        for (String file : files) {
            Path target = work.resolve(StagedJars.nameOf(file));
            if (!work.equals(target.getParent())) {
                throw BspException.user("the side file %s has no usable name", file);
            }
            try (InputStream in = stores.of(file).open(file, 0)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new StorageException("cannot copy " + file + " to " + target + ": " + e.getMessage(), e);
            }
        }
    }
}
