package io.valiant.hdfs;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Format;
import io.valiant.bsp.Peer;
import io.valiant.bsp.Records;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;

/** Writes each line with its length in bytes. */
public final class LineLengths extends Bsp<NullWritable> {
    @Override
    public void run(Peer<NullWritable> peer) throws BspException {
        Records<LongWritable, Text> lines = peer.input(Format.text());
        while (lines.next()) {
            peer.output().write(lines.value(), (long) lines.value().getLength());
        }
    }
}
