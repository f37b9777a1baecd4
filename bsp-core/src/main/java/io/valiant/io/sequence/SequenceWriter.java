package io.valiant.io.sequence;

import io.valiant.bsp.BspException;
import io.valiant.io.PartWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.hadoop.io.Writable;

/**
 * Writes records into a task's part as sequence files, uncompressed: one file for each segment of the part. The sync marker
 * is made of the classes and the task's index, so that the same records give the same bytes in every run. Used by one
 * thread.
 */
public final class SequenceWriter {
    /** So many bytes lie between two markers at least. */
    static final int MARKER_EVERY_BYTES = 100 * 1024;

    private static final int ESCAPE = -1;

    private final PartWriter part;
    private final String keyClass;
    private final String valueClass;
    private final byte[] header;
    private final byte[] marker;
    private final Bytes record = new Bytes();
    private final DataOutputStream out = new DataOutputStream(record);
    private long lastMarker;

    /** @param task index, see {@link io.valiant.io.OutputCommitter#partName(int)} */
    public SequenceWriter(PartWriter part, String keyClass, String valueClass, int task) {
        this.part = part;
        this.keyClass = keyClass;
        this.valueClass = valueClass;
        byte[] sync = sync(keyClass + " " + valueClass + " " + task);
        this.header = header(sync);
        this.marker = marker(sync);
    }

    private static byte[] sync(String of) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest, SequenceHeader.SYNC_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private byte[] header(byte[] sync) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'S', 'E', 'Q', SequenceHeader.VERSION});
        putText(bytes, keyClass);
        putText(bytes, valueClass);
        // neither values nor blocks are compressed; no metadata
        bytes.writeBytes(new byte[2 + Integer.BYTES]);
        bytes.writeBytes(sync);
        return bytes.toByteArray();
    }

    private static void putText(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Byte.MAX_VALUE) {
            // -113 says that one byte follows, -114 two
            to.write(bytes.length > 0xFF ? -114 : -113);
            if (bytes.length > 0xFF) {
                to.write(bytes.length >> 8);
            }
        }
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    private static byte[] marker(byte[] sync) {
        byte[] marker = new byte[Integer.BYTES + sync.length];
        Arrays.fill(marker, 0, Integer.BYTES, (byte) ESCAPE);
        System.arraycopy(sync, 0, marker, Integer.BYTES, sync.length);
        return marker;
    }

    /** Writes a record. What a Writable throws leaves nothing behind. */
    public void write(Writable key, Writable value) throws BspException {
        record.reset();
        try {
            out.writeLong(0);
            key.write(out);
            int keyBytes = record.size() - Long.BYTES;
            value.write(out);
            record.putInt(0, record.size() - Long.BYTES);
            record.putInt(Integer.BYTES, keyBytes);
        } catch (IOException e) {
            throw new BspException(
                    BspException.Kind.USER, "a record of the output cannot be written: " + e.getMessage(), e);
        }
        if (holdsMarker()) {
            throw BspException.user(
                    "a record of the output holds the marker of this very file: it was read from a file of the same"
                            + " classes and cannot lie in another");
        }
        begin();
        if (part.segmentBytes() - lastMarker >= MARKER_EVERY_BYTES) {
            lastMarker = part.segmentBytes();
            part.write(marker, 0, marker.length);
        }
        part.write(record.bytes(), 0, record.size());
    }

    /** A reader that begins inside of such a record would take what follows for records. */
    private boolean holdsMarker() {
        byte[] bytes = record.bytes();
        int last = record.size() - SequenceHeader.SYNC_BYTES;
        for (int from = 0; from <= last; from++) {
            if (bytes[from] == marker[Integer.BYTES]
                    && Arrays.equals(
                            bytes, from, from + SequenceHeader.SYNC_BYTES, marker, Integer.BYTES, marker.length)) {
                return true;
            }
        }
        return false;
    }

    /** Sees to it that the open segment has a header: one without records is a sequence file too. */
    public void begin() throws BspException {
        if (part.segmentBytes() == 0) {
            part.write(header, 0, header.length);
            lastMarker = header.length;
        }
    }

    /** Gives its bytes away without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        private byte[] bytes() {
            return buf;
        }

        private void putInt(int at, int value) {
            buf[at] = (byte) (value >> 24);
            buf[at + 1] = (byte) (value >> 16);
            buf[at + 2] = (byte) (value >> 8);
            buf[at + 3] = (byte) value;
        }
    }
}
