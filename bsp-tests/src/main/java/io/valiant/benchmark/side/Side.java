package io.valiant.benchmark.side;

import java.io.IOException;

/** One of those that are measured in turn. */
public interface Side {
    /** Unique in its measure. */
    String name();

    /** Runs once, to the end. What is not right goes into the sample; throws where nothing could be run. */
    void run(Sample into) throws IOException;
}
