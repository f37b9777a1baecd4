package io.valiant.io.compress;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * All members of a gzip file. {@link GZIPInputStream} takes a member whose head it cannot read for the end of the file,
 * and what follows would be missing without a word; zeros that fill up a block may follow.
 */
final class GzipMembers extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    GzipMembers(InputStream in, int bufferBytes) throws IOException {
        super(new Available(in), bufferBytes);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int got = super.read(bytes, from, count);
        if (got < 0) {
            for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
                if (buf[i] != 0) {
                    throw new ZipException("what follows a member is none");
                }
            }
        }
        return got;
    }

    /**
     * Says that there is more as long as nobody has seen the end: {@link GZIPInputStream} looks for a further member only
     * where bytes are said to be there, and a file of members one after another is a valid gzip file.
     */
    private static final class Available extends java.io.FilterInputStream {
        private boolean atEnd;

        private Available(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            atEnd |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = super.read(bytes, from, count);
            atEnd |= got < 0;
            return got;
        }

        @Override
        public int available() {
            return atEnd ? 0 : 1;
        }
    }
}
