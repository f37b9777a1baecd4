package io.valiant.task;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.DamagedCheckpointException;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.PartFile;
import io.valiant.io.PartWriter;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.TaskAssignment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task's output part, in segments: a checkpoint closes the open one, the next write opens another. What a checkpoint does
 * not name is not part of the output. Program's thread.
 */
final class OutputSegments implements PartWriter {
    private final TaskAssignment assignment;
    private final FileStores stores;
    private final List<OutputPart> closed = new ArrayList<>();
    private PartFile open;

    OutputSegments(TaskAssignment assignment, FileStores stores) {
        this.assignment = assignment;
        this.stores = stores;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws BspException {
        if (open == null) {
            open();
        }
        open.write(bytes, from, count);
    }

    @Override
    public long segmentBytes() {
        return open == null ? 0 : open.segmentBytes();
    }

    private void open() throws BspException {
        open = PartFile.create(
                stores, assignment.spec().output(), assignment.attempt(), assignment.generation(), closed.size());
    }

    /** Closes the open segment, if there is one; returns when it survives a crash. */
    void cut() throws BspException {
        if (open != null) {
            closed.add(open.finish());
            open = null;
        }
    }

    /** Closes the part, an empty one where nothing was written; its segments in order. */
    List<OutputPart> finish() throws BspException {
        if (open == null && closed.isEmpty()) {
            open();
        }
        cut();
        return List.copyOf(closed);
    }

    /** Writes no more to the open segment, which is there until this is abandoned. */
    void giveUp() throws BspException {
        if (open != null) {
            open.giveUp();
        }
    }

    /** Gives the open segment up and removes it. */
    void abandon() throws BspException {
        if (open != null) {
            open.close();
        }
    }

    /** Writes down what is closed. */
    void save(DataOutput out) throws IOException {
        out.writeInt(closed.size());
        for (OutputPart part : closed) {
            out.writeUTF(part.temporary());
            out.writeUTF(part.name());
            out.writeLong(part.length());
            out.writeInt(part.crc32c());
        }
    }

    /** Goes on behind the segments of a checkpoint, which must still be there. */
    void restore(DataInput in) throws IOException, BspException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            OutputPart part = new OutputPart(
                    assignment.attempt().task(), in.readUTF(), in.readUTF(), in.readLong(), in.readInt());
            FileStore.Entry entry = stores.of(part.temporary()).find(part.temporary());
            if (entry == null || entry.length() != part.length()) {
                throw new DamagedCheckpointException("the output " + part.temporary() + " written before it "
                        + (entry == null ? "is gone" : "has " + entry.length() + " bytes instead of " + part.length()));
            }
            closed.add(part);
        }
    }
}
