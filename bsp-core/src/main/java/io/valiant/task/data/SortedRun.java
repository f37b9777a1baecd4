package io.valiant.task.data;

import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.nio.ByteBuffer;

/**
 * Sorted records in a row on the local disk.
 *
 * @param from first byte
 * @param to byte behind the last
 */
record SortedRun(long from, long to) {
    private static final int BUFFER_BYTES = 64 * 1024;

    Head read(SpillFile spill) {
        return new Head(this, spill);
    }

    /** A reading of a run. */
    static final class Head {
        private final SortedRun run;
        private final SpillFile spill;
        private byte[] bytes = new byte[BUFFER_BYTES];
        private int start;
        private int filled;

        /** Behind what is in the buffer. */
        private long position;

        /** Of the current record; 0 before the first. */
        private int length;

        private Head(SortedRun run, SpillFile spill) {
            this.run = run;
            this.spill = spill;
            this.position = run.from;
        }

        boolean next() throws SpillFailure {
            start += length;
            length = 0;
            if (start == filled && position == run.to) {
                return false;
            }
            need(SortedRecords.HEADER_BYTES);
            length = SortedRecords.recordLength(bytes, start);
            need(length);
            return true;
        }

        /** Sees to it that so many bytes of the record are in the buffer. */
        private void need(int count) throws SpillFailure {
            if (filled - start >= count) {
                return;
            }
            byte[] target = count > bytes.length ? new byte[count] : bytes;
            System.arraycopy(bytes, start, target, 0, filled - start);
            bytes = target;
            filled -= start;
            start = 0;
            int step = (int) Math.min(bytes.length - filled, run.to - position);
            spill.read(position, ByteBuffer.wrap(bytes, filled, step));
            position += step;
            filled += step;
        }

        byte[] bytes() {
            return bytes;
        }

        int start() {
            return start;
        }

        boolean isOfEarlierRunThan(Head other) {
            return run.from < other.run.from;
        }
    }
}
