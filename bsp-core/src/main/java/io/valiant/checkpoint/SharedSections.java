package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of shared sections in a job's folder. Works on files: for worker threads. */
public final class SharedSections {
    /** See {@link CheckpointFolders#sharedName}. */
    private static final Pattern FILE = Pattern.compile(".+-g(\\d{1,18})-s(\\d{1,18})-\\d{1,9}");

    private SharedSections() {}

    /**
     * Removes what nobody will read again: what was written at or before the newest checkpoint that is kept and that no kept
     * one names. A task refers only to what its last part names, or to what it began from, which is among the kept, or to
     * what it has written since. What was written later may belong to a checkpoint that is still being made. So it does no
     * harm if that is done late, or by a master that leads no more.
     *
     * @param jobFolder with all checkpoints of the job
     * @param kept all checkpoints that may be restored, oldest first; at least one
     * @throws BspException nothing has been removed if one of the kept cannot be read, as when it has been removed since
     */
    public static void removeUnnamed(FileStores stores, String jobFolder, List<CheckpointRef> kept)
            throws BspException {
        String folder = CheckpointFolders.shared(jobFolder);
        FileStore store = stores.of(folder);
        if (store.find(folder) == null) {
            return;
        }
        SortedSet<String> named = new TreeSet<>();
        for (CheckpointRef checkpoint : kept) {
            for (CheckpointPart part : Manifest.read(stores, checkpoint).parts()) {
                named.addAll(part.shared());
            }
        }
        CheckpointRef newest = kept.get(kept.size() - 1);
        for (FileStore.Entry entry : store.list(folder)) {
            if (!named.contains(entry.name()) && !isLater(entry.name(), newest)) {
                store.delete(entry.uri());
            }
        }
    }

    /** What is none of these files is left alone too. */
    private static boolean isLater(String name, CheckpointRef than) {
        Matcher file = FILE.matcher(name);
        if (!file.matches()) {
            return true;
        }
        long generation = Long.parseLong(file.group(1));
        long superstep = Long.parseLong(file.group(2));
        return generation > than.generation() || (generation == than.generation() && superstep > than.superstep());
    }
}
