package io.valiant.checkpoint;

import io.valiant.id.JobId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Whose file it is: a file in the wrong place is as bad as a damaged one. Written as one payload: magic, format, generation,
 * number, task, tasks, then job and section as texts with their lengths.
 *
 * @param job of which job
 * @param generation that wrote it
 * @param number superstep of a part, version of a shared section
 * @param task of which task
 * @param tasks of the job
 * @param section name of a shared section; empty for a part
 */
record FileHeader(JobId job, long generation, long number, int task, int tasks, String section) {
    private static final int MAGIC = 0x50434C56;
    private static final int FORMAT = 1;

    FileHeader {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(section, "section");
    }

    /** Of the part of a task. */
    static FileHeader ofPart(JobId job, long generation, long superstep, int task, int tasks) {
        return new FileHeader(job, generation, superstep, task, tasks, "");
    }

    /** Of a shared section that the task of this part has written. */
    FileHeader ofShared(String name, long writtenIn, long version) {
        return new FileHeader(job, writtenIn, version, task, tasks, name);
    }

    byte[] encode() {
        byte[] jobBytes = job.value().getBytes(StandardCharsets.UTF_8);
        byte[] sectionBytes = section.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[6 * Integer.BYTES + 2 * Long.BYTES + jobBytes.length + sectionBytes.length];
        Block.littleEndian(bytes)
                .putInt(MAGIC)
                .putInt(FORMAT)
                .putLong(generation)
                .putLong(number)
                .putInt(task)
                .putInt(tasks)
                .putInt(jobBytes.length)
                .put(jobBytes)
                .putInt(sectionBytes.length)
                .put(sectionBytes);
        return bytes;
    }

    @Override
    public String toString() {
        return section.isEmpty()
                ? "the part of task " + task + " of " + job + " g" + generation + " s" + number
                : "section '" + section + "' of task " + task + " of " + job + " g" + generation + " v" + number;
    }
}
