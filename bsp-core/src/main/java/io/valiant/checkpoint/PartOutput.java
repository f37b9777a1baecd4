package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One task's part of a checkpoint while it is written. Used by the program's thread. */
public final class PartOutput implements CheckpointOutput, AutoCloseable {
    private static final Pattern SHARED_NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final FileStores stores;
    private final String jobFolder;
    private final String folder;
    private final FileHeader header;
    private final Shared shared;
    private final BlockWriter blocks;
    private final SortedSet<String> names = new TreeSet<>();

    /** Names of the shared sections it refers to, and of their files. */
    private final SortedSet<String> sharedNames = new TreeSet<>();

    private final List<String> sharedFiles = new ArrayList<>();

    /**
     * The shared sections that a task has begun from, that its last part names, or that it has written since; handed from one
     * part to the next. What a part does not name may be removed, and is written again when it is wanted again.
     */
    public static final class Shared {
        private final SortedMap<String, SharedFile> files = new TreeMap<>();

        /** What the task begins from need not be written again. */
        public void refer(PartReader restored) {
            files.putAll(restored.sharedFiles());
        }
    }

    private PartOutput(
            FileStores stores, String jobFolder, String folder, FileHeader header, Shared shared, BlockWriter blocks) {
        this.stores = stores;
        this.jobFolder = jobFolder;
        this.folder = folder;
        this.header = header;
        this.shared = shared;
        this.blocks = blocks;
    }

    /**
     * Begins a part.
     *
     * @param jobFolder with all checkpoints of the job
     * @param superstep that computes next
     */
    public static PartOutput create(
            FileStores stores,
            String jobFolder,
            JobId job,
            long generation,
            long superstep,
            int task,
            int tasks,
            Shared shared)
            throws BspException, IOException {
        FileHeader header = FileHeader.ofPart(job, generation, superstep, task, tasks);
        String folder = CheckpointFolders.checkpoint(jobFolder, generation, superstep);
        BlockWriter blocks = BlockWriter.create(stores, CheckpointFolders.part(folder, task), header);
        return new PartOutput(stores, jobFolder, folder, header, Objects.requireNonNull(shared), blocks);
    }

    @Override
    public DataOutput section(String name) throws IOException {
        begin(name);
        blocks.put(Block.SECTION, name.getBytes(StandardCharsets.UTF_8));
        return new DataOutputStream(blocks);
    }

    private void begin(String name) {
        if (name.isEmpty() || !names.add(name)) {
            throw new IllegalArgumentException("section '" + name + "' is in " + header + " already, or has no name");
        }
    }

    @Override
    public void shared(String name, long version, Content content) throws IOException {
        begin(name);
        if (!SHARED_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a shared section cannot be named '" + name + "'");
        }
        SharedFile file = shared.files.get(name);
        if (file == null || file.version() != version) {
            file = writeShared(name, version, content);
            shared.files.put(name, file);
        }
        blocks.put(Block.SHARED, file.encode());
        sharedNames.add(name);
        sharedFiles.add(file.fileName());
    }

    private SharedFile writeShared(String name, long version, Content content) throws IOException {
        long generation = header.generation();
        String file = CheckpointFolders.sharedName(name, generation, header.number(), header.task());
        String uri = FileStores.child(CheckpointFolders.shared(jobFolder), file);
        FileHeader of = header.ofShared(name, generation, version);
        try (BlockWriter own = BlockWriter.create(stores, uri, of)) {
            content.write(new DataOutputStream(own));
            own.finish(CheckpointFolders.shared(jobFolder));
            return new SharedFile(name, generation, version, uri, own.length(), own.crc32c());
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Closes the part; returns when it survives a crash. */
    public CheckpointPart finish() throws IOException, BspException {
        blocks.finish(folder);
        shared.files.keySet().retainAll(sharedNames);
        return new CheckpointPart(header.task(), blocks.uri(), blocks.length(), blocks.crc32c(), sharedFiles);
    }

    /** Gives the part up; nothing happens after {@link #finish}. */
    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
