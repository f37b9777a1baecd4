package io.valiant.task.peer;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import io.valiant.protocol.JobSpec;
import io.valiant.task.RehearsedJob;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.io.Writable;

/** The plain program that a spare plays: each peer says one word to the next. */
final class Greeting extends Bsp<Greeting.Word> {
    /** The job. */
    static final RehearsedJob JOB = Greeting::job;

    private static JobSpec job(Path folder) {
        return RehearsedJob.spec("bsp", Greeting.class, List.of(), null, new TreeMap<>());
    }

    @Override
    public void run(Peer<Word> peer) throws BspException {
        peer.send((peer.index() + 1) % peer.count(), new Word());
        peer.sync();
        peer.messages().next();
    }

    /** Says nothing. */
    static final class Word implements Writable {
        @Override
        public void write(DataOutput out) throws IOException {
            out.writeByte(0);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            in.readByte();
        }
    }
}
