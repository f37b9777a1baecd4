package io.valiant.graph.algorithm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/** A vertex tells of others, by their ids. */
final class IdList implements Writable {
    final Text from = new Text();
    final List<Text> ids = new ArrayList<>();

    @Override
    public void write(DataOutput out) throws IOException {
        from.write(out);
        out.writeInt(ids.size());
        for (Text id : ids) {
            id.write(out);
        }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
        from.readFields(in);
        ids.clear();
        for (int left = in.readInt(); left > 0; left--) {
            Text id = new Text();
            id.readFields(in);
            ids.add(id);
        }
    }
}
