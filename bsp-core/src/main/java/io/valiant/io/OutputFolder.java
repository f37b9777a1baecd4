package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.id.JobId;
import java.util.List;
import java.util.regex.Pattern;

/** What lies where a job wants to write, as it was when it was looked at. */
public final class OutputFolder {
    /** Holds a folder for each job that writes there. */
    static final String TEMPORARY = "_temporary";

    /** What a job may have left in its output folder, ours or one of Hadoop's; anything else is not ours to replace. */
    private static final Pattern OURS =
            Pattern.compile("part-(?:[mr]-)?\\d{5}.*|_SUCCESS|" + TEMPORARY + "|_logs|_metadata|\\..*\\.crc");

    /** So many entries are held in memory for a job that is only submitted. */
    private static final int MOST_GLANCED = 10_000;

    private final FileStore store;
    private final String uri;
    private final boolean overwrite;
    private final FileStore.Entry entry;

    /** All if it is to be replaced; otherwise two at most, which tell whether there is only one. */
    private final List<FileStore.Entry> held;

    private OutputFolder(
            FileStore store, String uri, boolean overwrite, FileStore.Entry entry, List<FileStore.Entry> held) {
        this.store = store;
        this.uri = uri;
        this.overwrite = overwrite;
        this.entry = entry;
        this.held = held;
    }

    /**
     * Looks at a folder, or at what is there in its stead. In a very large folder not all is looked at: see {@link OutputCommitter#check}.
     *
     * @param overwrite whether an older output is replaced; only then it matters what all the folder holds
     */
    public static OutputFolder glance(FileStores stores, String uri, boolean overwrite) throws BspException {
        return look(stores.of(uri), uri, overwrite, MOST_GLANCED);
    }

    /** The same, at all it holds. */
    static OutputFolder look(FileStore store, String uri, boolean overwrite) throws BspException {
        return look(store, uri, overwrite, Integer.MAX_VALUE);
    }

    private static OutputFolder look(FileStore store, String uri, boolean overwrite, int most) throws BspException {
        FileStore.Entry entry = store.find(uri);
        List<FileStore.Entry> held = List.of();
        if (entry != null && entry.folder()) {
            held = store.peek(uri, overwrite ? most : 2);
        }
        return new OutputFolder(store, uri, overwrite, entry, held);
    }

    /** Whether a name may be that of a file that a job wrote. */
    static boolean isOurs(String name) {
        return OURS.matcher(name).matches();
    }

    /**
     * Why a job may not write there, or null.
     *
     * @param job whose own temporary files are not in the way; null for one that has not begun
     */
    public String inTheWay(JobId job) throws BspException {
        if (entry == null) {
            return null;
        }
        if (!entry.folder()) {
            return "output " + uri + " is a file; a job needs a folder of its own";
        }
        if (!overwrite && !isOf(job)) {
            return "output " + uri + " exists; choose another or overwrite it (--overwrite)";
        }
        for (FileStore.Entry inside : held) {
            if (!isOurs(inside.name())) {
                return "output " + uri + " holds '" + inside.name() + "', which no job wrote and none replaces";
            }
        }
        return null;
    }

    /** Whether it holds nothing but that job's temporary files: an earlier start of this very job. */
    private boolean isOf(JobId job) throws BspException {
        if (job == null || !hasOnlyTemporary()) {
            return false;
        }
        List<FileStore.Entry> jobs = store.peek(held.get(0).uri(), 2);
        return jobs.size() == 1 && jobs.get(0).name().equals(job.value());
    }

    private boolean hasOnlyTemporary() {
        return held.size() == 1 && held.get(0).name().equals(TEMPORARY);
    }

    /** Whether it looks as while a job that has failed or was killed is cleared up after: soon it may be gone. */
    public boolean isPassing() {
        return entry != null && entry.folder() && (held.isEmpty() || hasOnlyTemporary());
    }
}
