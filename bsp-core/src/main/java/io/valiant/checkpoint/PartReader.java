package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStores;
import io.valiant.protocol.CheckpointPart;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One task's part of a checkpoint. Opening it reads the part and its shared files once, whole, and checks every byte; sections
 * are then read from their place, each block checked again. Used by the program's thread.
 */
public final class PartReader implements CheckpointInput, AutoCloseable {
    private final FileCheck files;
    private final FileHeader header;
    private final String uri;
    private final SortedMap<String, Place> sections = new TreeMap<>();
    private final SortedMap<String, SharedFile> shared = new TreeMap<>();
    private final SortedMap<String, Place> sharedPlaces = new TreeMap<>();
    /** Streams that have a file open. */
    private final List<SectionStream> opened = new ArrayList<>();

    /** The section whose data is read now, while checking. */
    private String current;

    /** Where a section's data begins, and how long it is. */
    private record Place(long offset, long length) {}

    private PartReader(FileStores stores, FileHeader header, String uri) {
        this.files = new FileCheck(stores);
        this.header = header;
        this.uri = uri;
    }

    /**
     * Opens and checks a task's part.
     *
     * @throws DamagedCheckpointException it, or a shared section it refers to, is not what was written
     * @throws io.valiant.io.StorageException the store is away
     */
    public static PartReader open(FileStores stores, Manifest manifest, int task) throws BspException {
        if (task >= manifest.parts().size()) {
            throw new DamagedCheckpointException("there is no part of task " + task + " in " + manifest);
        }
        CheckpointPart part = manifest.parts().get(task);
        FileHeader header = FileHeader.ofPart(
                manifest.job(),
                manifest.generation(),
                manifest.superstep(),
                task,
                manifest.parts().size());
        PartReader reader = new PartReader(stores, header, part.file());
        reader.files.check(part.file(), part.length(), part.crc32c(), header, reader::index);
        reader.checkNamed(part);
        for (SharedFile file : reader.shared.values()) {
            reader.checkShared(file);
        }
        return reader;
    }

    private void index(BlockReader blocks) throws IOException, BspException {
        switch (blocks.kind()) {
            case Block.SECTION -> {
                current = new String(blocks.payload(), StandardCharsets.UTF_8);
                checkNew(current);
                sections.put(current, new Place(blocks.position(), 0));
            }
            case Block.DATA -> {
                if (current == null) {
                    throw new DamagedCheckpointException(uri + " has data that belongs to no section");
                }
                Place begun = sections.get(current);
                sections.put(current, new Place(begun.offset(), begun.length() + blocks.rawLength()));
            }
            case Block.SHARED -> {
                current = null;
                SharedFile file = SharedFile.decode(blocks.payload(), uri);
                checkNew(file.name());
                shared.put(file.name(), file);
            }
            default -> throw new DamagedCheckpointException(uri + " has a block in a wrong place");
        }
    }

    private void checkNew(String name) throws BspException {
        if (sections.containsKey(name) || shared.containsKey(name)) {
            throw new DamagedCheckpointException(uri + " has two sections '" + name + "'");
        }
    }

    /** What the manifest does not name may have been removed. */
    private void checkNamed(CheckpointPart part) throws BspException {
        SortedSet<String> found = new TreeSet<>();
        shared.values().forEach(file -> found.add(file.fileName()));
        if (!found.equals(new TreeSet<>(part.shared()))) {
            throw new DamagedCheckpointException(
                    uri + " refers to " + found + ", its manifest says that it names " + part.shared());
        }
    }

    private void checkShared(SharedFile file) throws BspException {
        FileHeader own = header.ofShared(file.name(), file.generation(), file.version());
        sharedPlaces.put(file.name(), new Place(own.encode().length + (long) Block.HEAD_BYTES, 0));
        files.check(file.file(), file.length(), file.crc32c(), own, blocks -> {
            if (blocks.kind() != Block.DATA) {
                throw new DamagedCheckpointException(file.file() + " has a block in a wrong place");
            }
            Place place = sharedPlaces.get(file.name());
            sharedPlaces.put(file.name(), new Place(place.offset(), place.length() + blocks.rawLength()));
        });
    }

    @Override
    public long superstep() {
        return header.number();
    }

    /** The files of shared sections by name. */
    SortedMap<String, SharedFile> sharedFiles() {
        return shared;
    }

    @Override
    public DataInputStream section(String name) throws IOException {
        return read(uri, sections.get(name), name);
    }

    @Override
    public DataInputStream shared(String name) throws IOException {
        return read(sharedFile(name).file(), sharedPlaces.get(name), name);
    }

    private SharedFile sharedFile(String name) throws IOException {
        SharedFile file = shared.get(name);
        if (file == null) {
            throw none(name);
        }
        return file;
    }

    private DataInputStream read(String file, Place place, String name) throws IOException {
        if (place == null) {
            throw none(name);
        }
        try {
            SectionStream stream = new SectionStream(files.open(file, place.offset()), place.length(), opened::remove);
            opened.add(stream);
            if (place.length() == 0) {
                stream.close();
            }
            return new DataInputStream(stream);
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private IOException none(String name) {
        return new IOException("there is no section '" + name + "' in " + uri);
    }

    /** How many files are open. */
    int openCount() {
        return opened.size();
    }

    /** Closes what is still read; one that cannot be closed does not keep the others open. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (SectionStream stream : List.copyOf(opened)) {
            try {
                stream.close();
            } catch (IOException e) {
                failure = suppressing(e, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static IOException suppressing(IOException next, IOException first) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    @Override
    public String toString() {
        return "PartReader[" + header + "]";
    }
}
