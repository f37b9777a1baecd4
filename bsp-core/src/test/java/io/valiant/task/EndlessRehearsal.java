package io.valiant.task;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.io.NullWritable;

/**
 * Has a spare rehearse for ever, where the system property {@value #MARK} names a file that its first task makes when it
 * runs; else it offers nothing.
 */
public final class EndlessRehearsal implements ProgramFactory {
    static final String MARK = "rehearsal.endless";

    @Override
    public String type() {
        return "endless";
    }

    @Override
    public List<RehearsedJob> rehearsals() {
        RehearsedJob job = folder -> RehearsedJob.spec("bsp", Program.class, List.of(), null, new TreeMap<>());
        return System.getProperty(MARK) == null ? List.of() : List.of(job);
    }

    @Override
    public TaskProgram create(Class<?> programClass, TaskContext context) throws BspException {
        throw BspException.user("no job is of this type");
    }

    /** Passes barriers. */
    static final class Program extends Bsp<NullWritable> {
        @Override
        public void run(Peer<NullWritable> peer) throws BspException {
            peer.sync();
            if (peer.index() == 0) {
                try {
                    Files.createFile(Path.of(System.getProperty(MARK)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            while (true) {
                peer.sync();
            }
        }
    }
}
