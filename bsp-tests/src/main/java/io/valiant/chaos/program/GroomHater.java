package io.valiant.chaos.program;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import java.nio.file.Path;
import org.apache.hadoop.io.LongWritable;

/** Works everywhere but on one groom, as on a machine with something broken. */
public final class GroomHater extends Bsp<LongWritable> {
    /** Setting: the name of the groom's folder. */
    public static final String GROOM = "hated";

    @Override
    public void run(Peer<LongWritable> peer) throws BspException {
        for (Path part : Path.of("").toAbsolutePath()) {
            if (part.toString().equals(peer.settings().get(GROOM))) {
                throw new IllegalStateException("something is broken on " + part);
            }
        }
        peer.sync();
        peer.output().write(peer.index(), "well");
    }
}
