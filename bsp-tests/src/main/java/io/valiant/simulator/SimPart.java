package io.valiant.simulator;

import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a task saves at a checkpoint, and the files of one.
 *
 * @param generation in which it was saved
 * @param superstep that computes next
 * @param hash the program's state
 * @param steps how many supersteps it has computed
 * @param inbox what each peer sent in the superstep before; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SimPart(String job, long generation, long superstep, int task, long hash, long steps, ByteBuffer[] inbox) {
    /** Where all checkpoints of the simulated cluster are. */
    static final String SYSTEM = "/system";

    private static final int MOST_TASKS = 1_000;

    /** How the names of all checkpoint files of a job begin. */
    static String ofJob(JobId job) {
        return SYSTEM + "/checkpoints/" + job + "/";
    }

    /** The folder of one checkpoint, in that of its job. */
    static String folder(String jobFolder, long generation, long superstep) {
        return jobFolder + "/g" + generation + "-s" + superstep;
    }

    /** A task's file, in the checkpoint's folder. */
    static String file(String folder, int task) {
        return folder + "/part-" + task;
    }

    byte[] bytes() {
        byte[] name = job.getBytes(StandardCharsets.UTF_8);
        int size = 4 + name.length + 8 + 8 + 4 + 8 + 8 + 4;
        for (ByteBuffer messages : inbox) {
            size += 4 + (messages == null ? 0 : messages.remaining());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(name.length).put(name);
        bytes.putLong(generation).putLong(superstep).putInt(task).putLong(hash).putLong(steps);
        bytes.putInt(inbox.length);
        for (ByteBuffer messages : inbox) {
            bytes.putInt(messages == null ? 0 : messages.remaining());
            if (messages != null) {
                bytes.put(messages.duplicate());
            }
        }
        return bytes.array();
    }

    /** Reads one; null if the bytes are none. */
    private static SimPart read(byte[] from) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN);
            String job = new String(next(bytes, bytes.getInt()), StandardCharsets.UTF_8);
            long generation = bytes.getLong();
            long superstep = bytes.getLong();
            int task = bytes.getInt();
            long hash = bytes.getLong();
            long steps = bytes.getLong();
            ByteBuffer[] inbox = new ByteBuffer[Math.min(MOST_TASKS, bytes.getInt())];
            for (int peer = 0; peer < inbox.length; peer++) {
                inbox[peer] = ByteBuffer.wrap(next(bytes, bytes.getInt())).order(ByteOrder.LITTLE_ENDIAN);
            }
            return new SimPart(job, generation, superstep, task, hash, steps, inbox);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static byte[] next(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] next = new byte[length];
        bytes.get(next);
        return next;
    }

    static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    // ---- the manifest

    static String manifestFile(String folder) {
        return folder + "/manifest";
    }

    static byte[] manifest(JobId job, long generation, long superstep, List<CheckpointPart> parts) {
        StringBuilder text = new StringBuilder(job + " " + generation + " " + superstep + "\n");
        for (CheckpointPart part : parts) {
            text.append(part.task() + " " + part.file() + " " + part.length() + " " + part.crc32c() + "\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The parts that a manifest names; null if it is not there or not the one that is meant. */
    static List<CheckpointPart> parts(SimFiles files, CheckpointRef ref) {
        byte[] bytes = files.read(manifestFile(ref.folder()));
        if (bytes == null || crc(bytes) != ref.crc32c()) {
            return null;
        }
        List<CheckpointPart> parts = new ArrayList<>();
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
        for (int i = 1; i < lines.length; i++) {
            String[] words = lines[i].split(" ");
            parts.add(new CheckpointPart(
                    Integer.parseInt(words[0]),
                    words[1],
                    Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    List.of()));
        }
        return parts;
    }

    /** A task's part of a checkpoint, checked against the manifest; null if it cannot be used. */
    static SimPart load(SimFiles files, CheckpointRef ref, int task) {
        List<CheckpointPart> parts = parts(files, ref);
        if (parts == null) {
            return null;
        }
        for (CheckpointPart part : parts) {
            byte[] bytes = part.task() == task ? files.read(part.file()) : null;
            if (bytes != null && bytes.length == part.length() && crc(bytes) == part.crc32c()) {
                return read(bytes);
            }
        }
        return null;
    }
}
