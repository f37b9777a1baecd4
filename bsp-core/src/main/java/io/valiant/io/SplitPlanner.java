package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.io.compress.Compression;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deals a job's input files to its tasks: the files of each input in order are one run of bytes that is cut into as many
 * equal ranges as there are tasks. A compressed file goes whole to the task in whose range its middle lies, as does every
 * file of a format that cannot begin anywhere. Inputs dealt out by parts give file i to task i. The same files and number of
 * tasks always give the same splits. Looks at files, so it is for worker threads; stateless.
 */
public final class SplitPlanner {
    /** Part files as jobs write them: the part's number, and that of a later segment. */
    private static final Pattern PART = Pattern.compile("part-(\\d{5,9})(?:-\\d{4,9})?(?:\\..*)?");

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
            List<SourceFile> files = files(input);
            if (input.partition().equals(JobInput.PARTS)) {
                dealParts(input, files, plan);
            } else {
                deal(input.name(), files, plan);
            }
        }
        return plan;
    }

    /** Part i to task i. One that is empty counts: it tells how many there are. */
    private static void dealParts(JobInput input, List<SourceFile> files, List<List<InputSplit>> plan)
            throws BspException {
        boolean numbered =
                files.stream().allMatch(file -> PART.matcher(file.name).matches());
        BitSet there = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            SourceFile file = files.get(i);
            Matcher name = PART.matcher(file.name);
            int part = numbered && name.matches() ? Integer.parseInt(name.group(1)) : i;
            there.set(part);
            if (part < plan.size() && file.length > 0) {
                plan.get(part).add(new InputSplit(input.name(), file.uri, 0, -1));
            }
        }
        int parts = there.length();
        if (parts == plan.size() && there.cardinality() < parts) {
            throw BspException.user(
                    "input '%s' is dealt out by its parts, a task each, and part %05d is missing",
                    input.name(), there.nextClearBit(0));
        }
        if (parts != plan.size()) {
            throw BspException.user(
                    "input '%s' is dealt out by its parts, a task each, and has %s for %d tasks",
                    input.name(), parts == 1 ? "1 part" : parts + " parts", plan.size());
        }
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
        Map<String, SourceFile> files = new LinkedHashMap<>();
        List<String> paths = FileStores.split(input.path());
        if (paths.isEmpty()) {
            throw BspException.user("input '%s' names no file", input.name());
        }
        for (String path : paths) {
            FileStore store = stores.of(path);
            for (FileStore.Entry entry : named(input, store, path)) {
                if (entry.folder()) {
                    addFolder(input, store, entry.uri(), files);
                } else {
                    add(input, store, entry, files);
                }
            }
        }
        return new ArrayList<>(files.values());
    }

    /** What a path names: itself if there is such a file or folder, else what it is a pattern of. */
    private static List<FileStore.Entry> named(JobInput input, FileStore store, String path) throws BspException {
        FileStore.Entry entry = store.find(path);
        if (entry != null) {
            return List.of(entry);
        }
        if (!PathPattern.isPattern(path)) {
            throw BspException.user("input '%s': %s does not exist", input.name(), path);
        }
        List<FileStore.Entry> found = PathPattern.find(store, path);
        if (found.isEmpty()) {
            throw BspException.user("input '%s': nothing is named as %s", input.name(), path);
        }
        return found;
    }

    private static void addFolder(JobInput input, FileStore store, String path, Map<String, SourceFile> files)
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
            add(input, store, entry, files);
        }
        if (!any) {
            throw BspException.user("input '%s': the folder %s holds no files", input.name(), path);
        }
    }

    /** Opens the file: that it cannot be read is told now, not by a task. One that is named already is not taken again. */
    private static void add(JobInput input, FileStore store, FileStore.Entry entry, Map<String, SourceFile> files)
            throws BspException {
        byte[] head;
        try (InputStream in = store.open(entry.uri(), 0)) {
            head = in.readNBytes(Compression.HEAD_BYTES);
        } catch (IOException e) {
            throw new StorageException("cannot read " + entry.uri() + ": " + e.getMessage(), e);
        }
        boolean whole =
                input.whole() || entry.name().endsWith(".gz") || Compression.of(entry.name(), head) != Compression.NONE;
        if (entry.length() > 0 || input.partition().equals(JobInput.PARTS)) {
            files.putIfAbsent(entry.uri(), new SourceFile(entry.uri(), entry.name(), entry.length(), whole));
        }
    }

    private record SourceFile(String uri, String name, long length, boolean whole) {}
}
