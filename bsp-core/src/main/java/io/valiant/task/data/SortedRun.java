package io.valiant.task.data;

import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.nio.ByteBuffer;

/**
 * Sorted records in a row on the local disk.
 *
 * @param from first byte
 * @param to byte behind the last
 * @param largestHead bytes of a record's lengths and key, of the longest key
 */
record SortedRun(long from, long to, int largestHead) {
    /** Read at once, as a read into the heap takes as much outside of it. */
    private static final int PIECE_BYTES = 64 * 1024;

    /** How much memory a reading holds, besides values that are longer than that. */
    int readingBytes(int aheadBytes) {
        return Math.max(aheadBytes, largestHead);
    }

    Head read(SpillFile file, int aheadBytes) {
        return new Head(this, file, readingBytes(aheadBytes));
    }

    /**
     * A reading of a run. Of the current record lengths and key are in the buffer, and the value where it fits in: the values of
     * all runs that are merged would be too much.
     */
    static final class Head {
        private final SortedRun run;
        private final SpillFile file;
        private final byte[] bytes;

        /** Of the current record. */
        private int start;

        private int filled;

        /** In the file, behind what is in the buffer. */
        private long position;

        /** Of the current record; 0 before the first. */
        private int length;

        private Head(SortedRun run, SpillFile file, int bufferBytes) {
            this.run = run;
            this.file = file;
            this.bytes = new byte[bufferBytes];
            this.position = run.from;
        }

        boolean next() throws SpillFailure {
            skip();
            if (start == filled && position == run.to) {
                return false;
            }
            need(SortedRecords.HEADER_BYTES);
            need(SortedRecords.headLength(bytes, start));
            length = SortedRecords.recordLength(bytes, start);
            return true;
        }

        private void skip() {
            if (length <= filled - start) {
                start += length;
            } else {
                position += length - (filled - start);
                start = 0;
                filled = 0;
            }
            length = 0;
        }

        /** Sees to it that so many bytes of the record are in the buffer. */
        private void need(int count) throws SpillFailure {
            if (filled - start >= count) {
                return;
            }
            System.arraycopy(bytes, start, bytes, 0, filled - start);
            filled -= start;
            start = 0;
            int step = (int) Math.min(bytes.length - filled, run.to - position);
            read(position, bytes, filled, step);
            position += step;
            filled += step;
        }

        private void read(long at, byte[] into, int offset, int count) throws SpillFailure {
            for (int done = 0; done < count; ) {
                int step = Math.min(PIECE_BYTES, count - done);
                file.read(at + done, ByteBuffer.wrap(into, offset + done, step));
                done += step;
            }
        }

        /** The buffer; of the record at {@link #start} at least lengths and key are in it. */
        byte[] bytes() {
            return bytes;
        }

        int start() {
            return start;
        }

        /** Bytes of the current record. */
        int length() {
            return length;
        }

        /** Sees to it that the current record is in the buffer to its end; false if it is too long for that. */
        boolean holdsWhole() throws SpillFailure {
            if (length > bytes.length) {
                return false;
            }
            need(length);
            return true;
        }

        /** Copies the current record, to its end. */
        void copyTo(byte[] into) throws SpillFailure {
            int here = Math.min(length, filled - start);
            System.arraycopy(bytes, start, into, 0, here);
            read(position, into, here, length - here);
        }
    }
}
