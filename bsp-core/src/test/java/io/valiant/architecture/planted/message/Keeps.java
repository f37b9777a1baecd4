package io.valiant.architecture.planted.message;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;

/** May know Writables, but not the rest of Hadoop; may not keep state for all jobs. */
public final class Keeps {
    private static long shared;

    public LongWritable writable() {
        return new LongWritable(shared);
    }

    public Configuration configuration() {
        shared++;
        return new Configuration(false);
    }
}
