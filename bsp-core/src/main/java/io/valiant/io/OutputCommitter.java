package io.valiant.io;

import io.valiant.bsp.BspException;
import io.valiant.id.JobId;
import io.valiant.protocol.OutputPart;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Brings a job's closed parts from its temporary folder into its output folder. Every step may be repeated, by this
 * process or another, after a crash at any point. Works on files, so it is for worker threads; stateless.
 *
 * <p>Which of two files of one name is the job's own is told by the temporary file: a rename takes it away, so while it is
 * there, a file of its final name is an older one.
 */
public final class OutputCommitter {
    /** Marks an output folder that is complete; written last. */
    public static final String SUCCESS = "_SUCCESS";

    private final FileStore store;
    private final String output;
    private final boolean overwrite;
    private final JobId job;

    /**
     * @param output folder URI
     * @param overwrite whether an older output there is replaced
     */
    public OutputCommitter(FileStores stores, String output, boolean overwrite, JobId job) throws BspException {
        this.store = stores.of(output);
        this.output = output;
        this.overwrite = overwrite;
        this.job = job;
    }

    /** Name of a task's part in the output folder. */
    public static String partName(int task) {
        return String.format(java.util.Locale.ROOT, "part-%05d", task);
    }

    /**
     * Name of a segment of a task's part: each checkpoint ends one, if something was written since the one before. In the
     * order of their names they are the part.
     *
     * @param segment from 0, which has the plain name
     */
    public static String partName(int task, int segment) {
        return segment == 0 ? partName(task) : partName(task) + String.format(java.util.Locale.ROOT, "-%04d", segment);
    }

    /** URI of a segment of a task's part while it is written. */
    public static String temporary(String output, JobId job, long generation, int task, int segment) {
        String folder = FileStores.child(FileStores.child(output, OutputFolder.TEMPORARY), job.value());
        return FileStores.child(FileStores.child(folder, "g" + generation), partName(task, segment));
    }

    /**
     * To be called before the job's first start: may it write there?
     *
     * @throws BspException USER if the folder exists and is not to be replaced, or holds what no job wrote
     */
    public void check() throws BspException {
        String inTheWay = OutputFolder.look(store, output, overwrite).inTheWay(job);
        if (inTheWay != null) {
            throw BspException.user("%s", inTheWay);
        }
    }

    /**
     * Puts the parts in place, {@code _SUCCESS} last. Returns when all is durable.
     *
     * @param parts of all tasks, of the generation that has finished
     * @throws BspException RETRIABLE if the store is away: call again; FATAL if a part is lost or another job's file is
     *     in its place
     */
    public void commit(List<OutputPart> parts) throws BspException {
        for (OutputPart part : parts) {
            checkNames(part);
        }
        if (overwrite) {
            removeOlder(parts);
        }
        for (OutputPart part : parts) {
            place(part);
        }
        String success = FileStores.child(output, SUCCESS);
        if (store.find(success) == null) {
            writeEmpty(success);
        }
        removeTemporary();
        store.force(output);
    }

    /** Removes what an older job left; first of all the mark, so that nobody takes a mixture for a whole. */
    private void removeOlder(List<OutputPart> parts) throws BspException {
        if (store.find(output) == null) {
            return;
        }
        SortedSet<String> placed = new TreeSet<>();
        for (OutputPart part : parts) {
            if (store.find(part.temporary()) == null) {
                placed.add(part.name());
            }
        }
        if (placed.size() < parts.size()) {
            store.delete(FileStores.child(output, SUCCESS));
        } else {
            placed.add(SUCCESS);
        }
        for (FileStore.Entry entry : store.list(output)) {
            boolean older = OutputFolder.isOurs(entry.name()) && !entry.name().equals(OutputFolder.TEMPORARY);
            if (older && !placed.contains(entry.name())) {
                store.delete(entry.uri());
            }
        }
    }

    /** Children tell the names of their parts, and a program may have told its own: it moves nothing but its own files. */
    private void checkNames(OutputPart part) throws BspException {
        String own = FileStores.child(FileStores.child(output, OutputFolder.TEMPORARY), job.value()) + "/";
        boolean inside = part.temporary().startsWith(own)
                && !part.temporary().contains("/../")
                && !part.name().contains("/")
                && !part.name().startsWith(".");
        if (!inside) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "part " + part.temporary() + " as " + part.name() + " of job " + job + " is not one of its output "
                            + output);
        }
    }

    private void place(OutputPart part) throws BspException {
        String target = FileStores.child(output, part.name());
        FileStore.Entry temporary = store.find(part.temporary());
        FileStore.Entry there = store.find(target);
        if (temporary != null) {
            checkLength(temporary, part);
            if (there != null) {
                throw new BspException(
                        BspException.Kind.FATAL,
                        target + " is not of job " + job + ": another job wrote to its output");
            }
            store.rename(part.temporary(), target);
        } else if (there == null) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    "part " + part.temporary() + " of job " + job
                            + " is lost: somebody removed it before it was committed");
        } else {
            checkLength(there, part);
        }
    }

    private void checkLength(FileStore.Entry entry, OutputPart part) throws BspException {
        if (entry.length() != part.length()) {
            throw new BspException(
                    BspException.Kind.FATAL,
                    entry.uri() + " has " + entry.length() + " bytes, task " + part.task() + " of job " + job
                            + " wrote " + part.length());
        }
    }

    private void writeEmpty(String uri) throws BspException {
        try (FileStore.Sink sink = store.create(uri)) {
            sink.force();
        } catch (IOException e) {
            throw new StorageException("cannot write " + uri + ": " + e.getMessage(), e);
        }
    }

    /** Removes the temporary files of a job that has failed or was killed; the output folder too, if the job made it. */
    public void discard() throws BspException {
        removeTemporary();
        if (!overwrite) {
            store.deleteIfEmpty(output);
        }
    }

    private void removeTemporary() throws BspException {
        String folder = FileStores.child(output, OutputFolder.TEMPORARY);
        store.delete(FileStores.child(folder, job.value()));
        store.deleteIfEmpty(folder);
    }
}
