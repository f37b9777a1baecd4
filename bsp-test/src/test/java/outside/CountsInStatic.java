package outside;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Next;
import io.valiant.bsp.Peer;
import io.valiant.bsp.SuperstepProgram;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;

/** A user's program: of a package of its own, with something static that is lost with the process. */
public final class CountsInStatic extends SuperstepProgram<LongWritable, Text> {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public Next superstep(LongWritable state, Peer<Text> peer) throws BspException {
        state.set(CALLS.incrementAndGet());
        peer.send(0, new Text("call " + state.get()));
        return peer.superstep() < 3 ? Next.CONTINUE : Next.HALT;
    }

    @Override
    public void finish(LongWritable state, Peer<Text> peer) throws BspException {
        peer.output().write("calls", state.get());
    }
}
