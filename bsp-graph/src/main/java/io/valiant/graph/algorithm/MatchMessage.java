package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** Who asks, grants or denies, accepts in {@link BipartiteMatching}. */
final class MatchMessage implements Writable {
    private final Text from = new Text();
    private boolean yes;

    void set(Text sender, boolean isYes) {
        from.set(sender);
        yes = isYes;
    }

    Text from() {
        return from;
    }

    boolean isYes() {
        return yes;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        from.write(out);
        out.writeBoolean(yes);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        from.readFields(in);
        yes = in.readBoolean();
    }
}
