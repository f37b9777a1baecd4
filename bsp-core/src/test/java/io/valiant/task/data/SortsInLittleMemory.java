package io.valiant.task.data;

import io.valiant.message.SpillFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.hadoop.io.LongWritable;

/** A program of its own, for a JVM with a small heap: adds, sorts and reads more than that holds. */
final class SortsInLittleMemory {
    private static final int KEY_BYTES = Long.BYTES;

    private SortsInLittleMemory() {}

    /**
     * Sorts so many records with values of so many bytes; with 0 of both, records of all kinds.
     *
     * @param args folder, bytes, count
     */
    public static void main(String[] args) throws Exception {
        int bytes = Integer.parseInt(args[1]);
        int count = Integer.parseInt(args[2]);
        SplittableRandom random = new SplittableRandom(3);
        try (SortedRecords records = new SortedRecords(
                KeyOrder.of(LongWritable.class, new TestTypes()), 1, () -> new SpillFile(Path.of(args[0])))) {
            long added = 0;
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    added += add(records, random.nextInt(1000), bytes);
                }
            } else {
                for (int i = 0; i < 100_000; i++) {
                    added += add(records, random.nextInt(1000), i % 2000 == 0 ? 1 << 20 : random.nextInt(300));
                }
            }
            records.sort();
            // a checkpoint reads while the program does
            SortedRecords.Cursor other = records.read();
            long read = 0;
            long last = Long.MIN_VALUE;
            SortedRecords.Cursor cursor = records.read();
            while (cursor.next()) {
                long key = SortedRecords.getInt(cursor.bytes(), cursor.start() + SortedRecords.HEADER_BYTES + 4);
                if (key < last || !other.next()) {
                    throw new AssertionError("key " + key + " after " + last);
                }
                last = key;
                read += SortedRecords.recordLength(cursor.bytes(), cursor.start());
            }
            if (read != added) {
                throw new AssertionError(read + " bytes of " + added);
            }
        }
        System.out.println("sorted");
    }

    private static int add(SortedRecords records, int key, int valueBytes) throws Exception {
        records.add(KEY_BYTES, valueBytes, new DataInputStream(new RecordBytes(key)));
        return SortedRecords.HEADER_BYTES + KEY_BYTES + valueBytes;
    }

    /** The key's eight bytes, then any number of zeros. */
    private static final class RecordBytes extends InputStream {
        private final long key;
        private int at;

        private RecordBytes(long key) {
            this.key = key;
        }

        @Override
        public int read() {
            return at < KEY_BYTES ? (int) (key >>> (8 * (KEY_BYTES - ++at))) & 0xFF : 0;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            for (int i = 0; i < count; i++) {
                into[from + i] = (byte) read();
            }
            return count;
        }
    }
}
