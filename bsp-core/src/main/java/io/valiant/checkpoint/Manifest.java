package io.valiant.checkpoint;

import io.valiant.bsp.BspException;
import io.valiant.id.JobId;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import io.valiant.io.StorageException;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Says that a checkpoint is whole: which parts it has, each with length and CRC32C. */
public final class Manifest {
    private static final String NAME = "manifest";

    private Manifest() {}

    /**
     * Writes the manifest through a temporary name; returns when it is durable.
     *
     * @param folder of the checkpoint
     * @param parts by task
     */
    public static CheckpointRef write(
            FileStores stores, String folder, JobId job, long generation, long superstep, List<CheckpointPart> parts)
            throws BspException {
        StringBuilder text = new StringBuilder("checkpoint " + job + " g" + generation + " s" + superstep + "\n");
        for (CheckpointPart part : parts) {
            text.append(part.task()).append(' ').append(part.length()).append(' ');
            text.append(Integer.toHexString(part.crc32c()))
                    .append(' ')
                    .append(part.file())
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        FileStore store = stores.of(folder);
        String temporary = folder + "/." + NAME;
        try (FileStore.Sink sink = store.create(temporary)) {
            sink.write(bytes);
            sink.force();
        } catch (IOException e) {
            throw new StorageException("cannot write " + temporary + ": " + e.getMessage(), e);
        }
        String whole = folder + "/" + NAME;
        store.delete(whole);
        store.rename(temporary, whole);
        store.force(folder);
        return new CheckpointRef(generation, superstep, folder, (int) crc.getValue());
    }
}
