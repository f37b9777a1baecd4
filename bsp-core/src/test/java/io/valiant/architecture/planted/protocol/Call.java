package io.valiant.architecture.planted.protocol;

import org.apache.hadoop.conf.Configuration;

/** May know Hadoop. */
public final class Call {
    public Configuration configuration() {
        return new Configuration(false);
    }
}
