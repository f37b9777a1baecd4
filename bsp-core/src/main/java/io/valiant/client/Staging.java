package io.valiant.client;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RandomSource;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StagedJars;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts a job's jars and side files where the cluster's processes find them: {@code <system dir>/staging/<random>/}, which only its owner can
 * look into. The master removes the folder when the job has ended. Used by one thread, for one job.
 */
final class Staging {
    private final FileStores stores;
    private final RandomSource random;
    private String folder;
    private int copies;

    Staging(FileStores stores, RandomSource random) {
        this.stores = stores;
        this.random = random;
    }

    /**
     * Copies jars and side files; folders of classes are packed into one jar.
     *
     * @param jars URIs of local files or folders
     * @param systemDir as the master has it
     * @return URIs of the copies, in the same order
     */
    List<String> stage(List<String> jars, String systemDir) throws BspException {
        open(systemDir);
        List<String> staged = new ArrayList<>();
        try {
            for (String jar : jars) {
                staged.add(copy(FileStores.local(jar), stores.of(folder)));
            }
        } catch (BspException e) {
            discard(e);
            throw e;
        }
        return staged;
    }

    /** The same for side files: URIs of the copies under the same names. */
    SortedMap<String, String> stage(SortedMap<String, String> files, String systemDir) throws BspException {
        open(systemDir);
        SortedMap<String, String> staged = new TreeMap<>();
        try {
            for (var file : files.entrySet()) {
                staged.put(file.getKey(), copy(FileStores.local(file.getValue()), stores.of(folder)));
            }
        } catch (BspException e) {
            discard(e);
            throw e;
        }
        return staged;
    }

    private void open(String systemDir) throws BspException {
        if (folder == null) {
            folder = StagedJars.folder(systemDir, random.hex128());
            stores.of(folder).createPrivateFolder(folder);
        }
    }

    private String copy(Path jar, FileStore store) throws BspException {
        boolean packed = Files.isDirectory(jar);
        // two jars may have the same name; the number keeps them apart and in order
        String target = folder + "/" + copies++ + "-" + (packed ? "classes.jar" : jar.getFileName());
        try (FileStore.Sink sink = store.create(target)) {
            if (packed) {
                pack(jar, sink);
            } else {
                Files.copy(jar, sink);
            }
            sink.force();
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, "cannot stage " + jar + " as " + target + ": " + e.getMessage(), e);
        }
        return target;
    }

    private static void pack(Path classes, OutputStream to) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(to);
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
            Files.copy(file, zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    /** Removes what was staged, if anything. */
    void discard() throws BspException {
        if (folder != null) {
            stores.of(folder).delete(folder);
            folder = null;
        }
    }

    /** The same after a failure, which stays the one that is told. */
    void discard(BspException failure) {
        try {
            discard();
        } catch (BspException e) {
            failure.addSuppressed(e);
        }
    }
}
