package io.valiant.task.data;

import io.valiant.message.SpillFailure;
import io.valiant.message.SpillFile;
import java.nio.ByteBuffer;

/** Writes one {@link SortedRun}, whose records come in their order. Nobody else appends to the file meanwhile. */
final class RunWriter {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SpillFile file;
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);

    /** Of the first bytes; negative before there are any. */
    private long from = -1;

    private long to;
    private int largestHead;

    RunWriter(SpillFile file) {
        this.file = file;
    }

    /** Adds the record that begins there. */
    void add(byte[] bytes, int start) throws SpillFailure {
        int length = SortedRecords.recordLength(bytes, start);
        largestHead = Math.max(largestHead, SortedRecords.headLength(bytes, start));
        for (int done = 0; done < length; ) {
            int step = Math.min(length - done, out.remaining());
            out.put(bytes, start + done, step);
            done += step;
            if (!out.hasRemaining()) {
                flush();
            }
        }
    }

    private void flush() throws SpillFailure {
        out.flip();
        int count = out.remaining();
        long where = file.append(out);
        from = from < 0 ? where : from;
        to = where + count;
        out.clear();
    }

    /** What was written; at least one record. */
    SortedRun end() throws SpillFailure {
        if (out.position() > 0) {
            flush();
        }
        return new SortedRun(from, to, largestHead);
    }
}
