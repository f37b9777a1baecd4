package io.valiant.bsp;

import java.io.IOException;
import java.io.InputStream;

/** A range of a file that one {@link RecordReader} reads. */
public interface FileShare {
    /** The file's URI, for messages. */
    String file();

    /** First byte of the range; 0 for a whole file. */
    long offset();

    /** Byte behind the range; {@link Long#MAX_VALUE} where it is the rest of the file. */
    long end();

    /**
     * Reads the file from a byte on, unpacked if it is compressed. Not buffered. Storage that is away is waited for. The
     * caller closes it; several may be open.
     *
     * @param from a byte; 0 for a compressed file
     */
    InputStream open(long from) throws IOException, BspException;

    /** The job's settings. */
    Settings settings();
}
