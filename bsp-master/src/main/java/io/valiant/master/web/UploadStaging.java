package io.valiant.master.web;

import io.valiant.bsp.BspException;
import io.valiant.concurrent.RandomSource;
import io.valiant.http.UploadedFile;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StagedJars;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts uploaded files where the cluster's processes find them, as a client stages its own. For one submission, one thread. */
final class UploadStaging {
    private final FileStores stores;
    private final String folder;
    private final List<String> jars = new ArrayList<>();
    private final SortedMap<String, String> files = new TreeMap<>();
    private boolean made;

    UploadStaging(FileStores stores, String systemDir, RandomSource random) {
        this.stores = stores;
        this.folder = StagedJars.folder(systemDir, random.hex128());
    }

    /** Copies them all. */
    void stage(List<UploadedFile> uploaded) throws BspException {
        if (uploaded.isEmpty()) {
            return;
        }
        FileStore store = stores.of(folder);
        store.createPrivateFolder(folder);
        made = true;
        for (UploadedFile file : uploaded) {
            String target = folder + "/" + (jars.size() + files.size()) + "-" + file.name();
            try (InputStream in = file.content().open();
                    FileStore.Sink sink = store.create(target)) {
                in.transferTo(sink);
                sink.force();
            } catch (IOException e) {
                throw new BspException(
                        BspException.Kind.RETRIABLE, "cannot stage " + file.name() + ": " + e.getMessage(), e);
            }
            if (file.part().equals("jar")) {
                jars.add(target);
            } else if (files.put(file.name(), target) != null) {
                throw BspException.user("two side files are called %s; tasks find them by name", file.name());
            }
        }
    }

    /** URIs of the jars. */
    List<String> jars() {
        return jars;
    }

    /** URIs of the side files by the names that programs use. */
    SortedMap<String, String> files() {
        return files;
    }

    /** Nobody will use them. */
    void discard() throws BspException {
        if (made) {
            stores.of(folder).delete(folder);
        }
    }
}
