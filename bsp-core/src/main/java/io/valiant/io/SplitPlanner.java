package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals a job's input files to its tasks: the files of each input in order are one run of bytes that is cut into as many
 * equal ranges as there are tasks. A compressed file goes whole to the task in whose range its middle lies. The same
 * files and number of tasks always give the same splits. Looks at files, so it is for worker threads; stateless.
 */
public final class SplitPlanner {
    private static final int GZIP_MAGIC = 0x1F8B;

    private final FileStores stores;

    public SplitPlanner(FileStores stores) {
        this.stores = stores;
    }

    /**
     * Plans all inputs of a job.
     *
     * @return for each task by index its splits, by input, then in order of the bytes
     * @throws BspException USER if a path is missing, not readable or holds no files; RETRIABLE if the store is away
     */
    public List<List<InputSplit>> plan(List<JobInput> inputs, int tasks) throws BspException {
        List<List<InputSplit>> plan = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            plan.add(new ArrayList<>());
        }
        for (JobInput input : inputs) {
            deal(input.name(), files(input), plan);
        }
        return plan;
    }

    private static void deal(String input, List<SourceFile> files, List<List<InputSplit>> plan) {
        int tasks = plan.size();
        long total = 0;
        for (SourceFile file : files) {
            total = Math.addExact(total, file.length);
        }
        long start = 0;
        for (SourceFile file : files) {
            long end = start + file.length;
            if (file.whole) {
                int task = taskOf(start + file.length / 2, total, tasks);
                plan.get(task).add(new InputSplit(input, file.uri, 0, -1));
            } else {
                for (int task = taskOf(start, total, tasks); task < tasks && cut(task, total, tasks) < end; task++) {
                    long from = Math.max(start, cut(task, total, tasks));
                    long to = Math.min(end, cut(task + 1, total, tasks));
                    if (from < to) {
                        plan.get(task).add(new InputSplit(input, file.uri, from - start, to - from));
                    }
                }
            }
            start = end;
        }
    }

    /** Where a task's range begins. */
    private static long cut(int task, long total, int tasks) {
        return total / tasks * task + total % tasks * task / tasks;
    }

    /** The task in whose range a byte lies. */
    private static int taskOf(long position, long total, int tasks) {
        int low = 0;
        int high = tasks - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (cut(middle, total, tasks) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private List<SourceFile> files(JobInput input) throws BspException {
        List<SourceFile> files = new ArrayList<>();
        List<String> paths = FileStores.split(input.path());
        if (paths.isEmpty()) {
            throw BspException.user("input '%s' names no file", input.name());
        }
        for (String path : paths) {
            FileStore store = stores.of(path);
            FileStore.Entry entry = store.find(path);
            if (entry == null) {
                throw BspException.user("input '%s': %s does not exist", input.name(), path);
            }
            if (entry.folder()) {
                addFolder(input, store, path, files);
            } else {
                add(store, entry, files);
            }
        }
        return files;
    }

    private static void addFolder(JobInput input, FileStore store, String path, List<SourceFile> files)
            throws BspException {
        boolean any = false;
        for (FileStore.Entry entry : store.list(path)) {
            String name = entry.name();
            if (name.startsWith(".") || name.startsWith("_") || name.endsWith(".crc")) {
                continue;
            }
            if (entry.folder()) {
                throw BspException.user(
                        "input '%s': %s holds the folder '%s'; name folders of files only", input.name(), path, name);
            }
            any = true;
            add(store, entry, files);
        }
        if (!any) {
            throw BspException.user("input '%s': the folder %s holds no files", input.name(), path);
        }
    }

    /** Opens the file: that it cannot be read is told now, not by a task. */
    private static void add(FileStore store, FileStore.Entry entry, List<SourceFile> files) throws BspException {
        boolean compressed = entry.name().endsWith(".gz");
        try (InputStream in = store.open(entry.uri(), 0)) {
            compressed |= (in.read() << 8 | in.read()) == GZIP_MAGIC;
        } catch (IOException e) {
            throw new StorageException("cannot read " + entry.uri() + ": " + e.getMessage(), e);
        }
        if (entry.length() > 0) {
            files.add(new SourceFile(entry.uri(), entry.length(), compressed));
        }
    }

    private record SourceFile(String uri, long length, boolean whole) {}
}
