package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.id.JobId;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a checkpoint consists of, complete for all tasks. As a file it is text:
 *
 * <pre>
 * valiant checkpoint 1
 * job job_c1_7
 * generation 2
 * superstep 40
 * tasks 2
 * part 0 81234 1f2e3d4c hdfs://nn/valiant/checkpoints/job_c1_7/g2-s40/part-0
 * shared topology-g1-s10-0
 * part 1 ...
 * end
 * </pre>
 *
 * <p>The lines {@code shared} name the files that the part before them refers to, in the job's folder of shared sections.
 *
 * <p>Read strictly: what does not write itself again byte for byte is damaged. Its own checksum is in the master's record
 * and in each {@link CheckpointRef}. Works on files: for worker threads and the program's thread.
 *
 * @param job whose
 * @param generation in which it was taken
 * @param superstep that computes next
 * @param parts of all tasks, by index
 */
public record Manifest(JobId job, long generation, long superstep, List<CheckpointPart> parts) {
    private static final String TITLE = "valiant checkpoint 1";
    private static final String SHARED = "shared ";
    private static final String SHARED_LINE = "\n" + SHARED;
    private static final long MOST_BYTES = 1L << 30;
    private static final Pattern PART = Pattern.compile("part (\\d{1,7}) (\\d{1,18}) ([0-9a-f]{8}) (.+)");

    public Manifest {
        Objects.requireNonNull(job, "job");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a checkpoint of job " + job + " without parts");
        }
        for (int task = 0; task < parts.size(); task++) {
            CheckpointPart part = parts.get(task);
            boolean named = isOneLine(part.file()) && part.shared().stream().allMatch(Manifest::isOneLine);
            if (part.task() != task || part.length() < 0 || !named) {
                throw new IllegalArgumentException("part " + task + " of job " + job + " cannot be " + part);
            }
        }
    }

    private static boolean isOneLine(String name) {
        return !name.isEmpty() && !name.matches("(?s).*\\p{Cntrl}.*");
    }

    /**
     * Writes the manifest of a checkpoint whose parts are all there. Returns when it survives a crash; may be done again.
     *
     * @param folder of the checkpoint
     * @param parts of all tasks, by index
     * @return what names the checkpoint from now on
     */
    public static CheckpointRef write(
            FileStores stores, String folder, JobId job, long generation, long superstep, List<CheckpointPart> parts)
            throws BspException {
        byte[] bytes = new Manifest(job, generation, superstep, parts).encode();
        CheckpointRef written = new CheckpointRef(generation, superstep, folder, crc(bytes));
        FileStore store = stores.of(folder);
        String target = CheckpointFolders.manifest(folder);
        if (store.find(target) != null) {
            if (Arrays.equals(bytes(new FileCheck(stores), target), bytes)) {
                return written;
            }
            store.delete(target);
        }
        String unfinished = CheckpointFolders.unfinishedManifest(folder);
        try (FileStore.Sink sink = store.create(unfinished)) {
            sink.write(bytes, 0, bytes.length);
            sink.force();
        } catch (IOException e) {
            throw new StorageException("cannot write " + unfinished + ": " + e.getMessage(), e);
        }
        store.rename(unfinished, target);
        store.force(folder);
        return written;
    }

    /**
     * Reads the manifest of a checkpoint.
     *
     * @throws DamagedCheckpointException it is gone or not what was written
     * @throws StorageException its store is away
     */
    public static Manifest read(FileStores stores, CheckpointRef checkpoint) throws BspException {
        String uri = CheckpointFolders.manifest(checkpoint.folder());
        byte[] bytes = bytes(new FileCheck(stores), uri);
        if (crc(bytes) != checkpoint.crc32c()) {
            throw new DamagedCheckpointException(uri + " is damaged: its bytes are not those that were written");
        }
        Manifest manifest = decode(bytes, uri);
        if (manifest.generation != checkpoint.generation() || manifest.superstep != checkpoint.superstep()) {
            throw new DamagedCheckpointException(uri + " is not of " + checkpoint);
        }
        return manifest;
    }

    private static byte[] bytes(FileCheck files, String uri) throws BspException {
        FileStore.Entry entry = files.find(uri);
        if (entry == null) {
            throw new DamagedCheckpointException(uri + " is gone");
        }
        if (entry.length() > MOST_BYTES) {
            throw new DamagedCheckpointException(uri + " has " + entry.length() + " bytes: no manifest has");
        }
        try (InputStream in = files.stream(uri, 0)) {
            return in.readNBytes((int) entry.length());
        } catch (IOException e) {
            throw files.unread(uri, e);
        }
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(TITLE)
                .append("\njob ")
                .append(job.value())
                .append("\ngeneration ")
                .append(generation)
                .append("\nsuperstep ")
                .append(superstep)
                .append("\ntasks ")
                .append(parts.size());
        for (CheckpointPart part : parts) {
            text.append("\npart ")
                    .append(part.task())
                    .append(' ')
                    .append(part.length())
                    .append(' ')
                    .append(String.format(java.util.Locale.ROOT, "%08x", part.crc32c()))
                    .append(' ')
                    .append(part.file());
            part.shared().forEach(name -> text.append(SHARED_LINE).append(name));
        }
        return text.append("\nend\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static Manifest decode(byte[] bytes, String uri) throws BspException {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        try {
            List<CheckpointPart> parts = new ArrayList<>();
            int at = 5;
            while (at < lines.length - 2) {
                Matcher part = PART.matcher(lines[at]);
                if (!part.matches()) {
                    throw new DamagedCheckpointException(uri + " line " + (at + 1) + " is no part");
                }
                at++;
                List<String> shared = new ArrayList<>();
                while (at < lines.length - 2 && lines[at].startsWith(SHARED)) {
                    shared.add(lines[at].substring(SHARED.length()));
                    at++;
                }
                parts.add(new CheckpointPart(
                        Integer.parseInt(part.group(1)),
                        part.group(4),
                        Long.parseLong(part.group(2)),
                        Integer.parseUnsignedInt(part.group(3), 16),
                        shared));
            }
            Manifest manifest = new Manifest(
                    new JobId(value(lines, 1, "job ")),
                    Long.parseLong(value(lines, 2, "generation ")),
                    Long.parseLong(value(lines, 3, "superstep ")),
                    parts);
            if (Arrays.equals(manifest.encode(), bytes)) {
                return manifest;
            }
            throw new DamagedCheckpointException(uri + " is not a manifest as it is written");
        } catch (IllegalArgumentException e) {
            throw new DamagedCheckpointException(uri + " is not a manifest: " + e.getMessage(), e);
        }
    }

    private static String value(String[] lines, int index, String name) {
        if (index >= lines.length || !lines[index].startsWith(name)) {
            throw new IllegalArgumentException("line " + (index + 1) + " is not '" + name + "…'");
        }
        return lines[index].substring(name.length());
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return "Manifest[" + job + " g" + generation + " s" + superstep + " of " + parts.size() + " tasks]";
    }
}
