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

/** Puts uploaded files where the cluster's processes find them, as a client stages its own. For one submission, one thread. */
final class UploadStaging {
    private final FileStores stores;
    private final String folder;
    private final List<String> jars = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
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
            (file.part().equals("jar") ? jars : files).add(target);
        }
    }

    /** URIs of the jars. */
    List<String> jars() {
        return jars;
    }

    /** URIs of the side files. */
    List<String> files() {
        return files;
    }

    /** Nobody will use them. */
    void discard() throws BspException {
        if (made) {
            stores.of(folder).delete(folder);
        }
    }
}
