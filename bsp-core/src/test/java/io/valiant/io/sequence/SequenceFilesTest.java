package io.valiant.io.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.io.FileStores;
import io.valiant.io.PartWriter;
import io.valiant.protocol.InputSplit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hadoop's own classes write and read the other end. */
class SequenceFilesTest {
    private static final String LONG = LongWritable.class.getName();
    private static final String TEXT = Text.class.getName();

    private final FileStores stores = new FileStores(new TreeMap<>());

    @TempDir
    private Path folder;

    private Path written(SequenceFile.CompressionType type, CompressionCodec codec, int records, Random random)
            throws IOException {
        Path file = folder.resolve("file.seq");
        Files.deleteIfExists(file);
        Configuration configuration = new Configuration();
        configuration.setInt("io.seqfile.compress.blocksize", 3000);
        if (codec instanceof DefaultCodec configurable) {
            configurable.setConf(configuration);
        }
        if (codec instanceof BZip2Codec configurable) {
            configurable.setConf(configuration);
        }
        try (SequenceFile.Writer writer = SequenceFile.createWriter(
                configuration,
                SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toUri())),
                SequenceFile.Writer.keyClass(LongWritable.class),
                SequenceFile.Writer.valueClass(Text.class),
                SequenceFile.Writer.compression(type, codec))) {
            for (int i = 0; i < records; i++) {
                writer.append(new LongWritable(i), new Text("v" + i + "x".repeat(random.nextInt(60))));
                if (type != SequenceFile.CompressionType.BLOCK && random.nextInt(7) == 0) {
                    writer.sync();
                }
            }
        }
        return file;
    }

    private List<Long> read(Path file, long offset, long length) throws Exception {
        List<Long> keys = new ArrayList<>();
        InputSplit split = new InputSplit("i", file.toString(), offset, length);
        try (SequenceReader reader = SequenceReader.open(stores, split, LONG, TEXT)) {
            while (reader.next()) {
                LongWritable key = new LongWritable();
                key.readFields(new DataInputStream(new ByteArrayInputStream(reader.keyBytes(), 0, reader.keyLength())));
                Text value = new Text();
                value.readFields(
                        new DataInputStream(new ByteArrayInputStream(reader.valueBytes(), 0, reader.valueLength())));
                assertThat(value.toString()).startsWith("v" + key.get());
                keys.add(key.get());
            }
        }
        return keys;
    }

    private static List<Long> numbers(int count) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"NONE, zlib", "RECORD, zlib", "BLOCK, zlib", "BLOCK, bzip2", "RECORD, bzip2"})
    void everyRecordIsReadOnceHoweverTheFileIsCut(SequenceFile.CompressionType type, String codec) throws Exception {
        for (long seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            int records = random.nextInt(400);
            Path file = written(type, codec.equals("zlib") ? new DefaultCodec() : new BZip2Codec(), records, random);
            long length = Files.size(file);
            assertThat(read(file, 0, -1)).isEqualTo(numbers(records));
            for (int round = 0; round < 25; round++) {
                List<Long> keys = new ArrayList<>();
                long from = 0;
                while (from < length) {
                    long to = Math.min(length, from + 1 + random.nextInt(round < 5 ? 40 : (int) length));
                    keys.addAll(read(file, from, to - from));
                    from = to;
                }
                assertThat(keys).as("seed %d round %d", seed, round).isEqualTo(numbers(records));
            }
        }
    }

    /** The block lies in memory: only what unpacks it can say that it is closed. */
    @Test
    void theBlockThatIsBeingReadIsClosedWithTheReader() throws Exception {
        Path file = written(SequenceFile.CompressionType.BLOCK, new DefaultCodec(), 100, new Random(1));
        SequenceReader reader = SequenceReader.open(stores, new InputSplit("i", file.toString(), 0, -1), LONG, TEXT);
        assertThat(reader.next()).isTrue();
        reader.close();
        assertThatThrownBy(reader::next).isInstanceOf(BspException.class).hasMessageContaining("losed");
    }

    @Test
    void aFileOfOtherClassesIsRefusedByTheirNamesAndNothingIsLoaded() throws Exception {
        Path file = written(SequenceFile.CompressionType.NONE, null, 3, new Random(1));
        InputSplit split = new InputSplit("i", file.toString(), 0, -1);
        assertThatThrownBy(() -> SequenceReader.open(stores, split, TEXT, TEXT))
                .hasMessageContaining("holds keys of " + LONG)
                .hasMessageContaining("reads keys of " + TEXT);
        byte[] bytes = Files.readAllBytes(file);
        // the name of a class that is nowhere
        bytes[5] = 'q';
        Files.write(file, bytes);
        assertThatThrownBy(() -> SequenceReader.open(stores, split, LONG, TEXT))
                .hasMessageContaining("holds keys of qrg.apache");
    }

    /** A wrong byte may change a value; it must not bring anything but an error of ours, and no room as it says. */
    @ParameterizedTest
    @CsvSource({"NONE", "RECORD", "BLOCK"})
    void wrongBytesAreToldOrHarmless(SequenceFile.CompressionType type) throws Exception {
        Path file = written(type, new DefaultCodec(), 60, new Random(2));
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(3);
        int told = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] bytes = good.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? 0x7F : random.nextInt());
            Files.write(file, bytes);
            try (SequenceReader reader =
                    SequenceReader.open(stores, new InputSplit("i", file.toString(), 0, -1), LONG, TEXT)) {
                while (reader.next()) {
                    assertThat(reader.keyLength()).isLessThan(good.length);
                }
            } catch (BspException e) {
                assertThat(e.kind()).isEqualTo(BspException.Kind.USER);
                assertThat(e).hasMessageContaining(file.toString());
                told++;
            }
        }
        assertThat(told).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"NONE", "RECORD", "BLOCK"})
    void aCutWithinARecordIsTold(SequenceFile.CompressionType type) throws Exception {
        Path file = written(type, new DefaultCodec(), 60, new Random(2));
        byte[] good = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(good, good.length - 3));
        assertThatThrownBy(() -> read(file, 0, -1)).hasMessageContaining("is damaged");
        Files.write(file, java.util.Arrays.copyOf(good, 20));
        assertThatThrownBy(() -> read(file, 0, -1)).hasMessageContaining("ends within its header");
        Files.writeString(file, "just text\n");
        assertThatThrownBy(() -> read(file, 0, -1)).hasMessageContaining("is not a sequence file");
    }

    /** Bytes of a part, in one segment. */
    private static final class Part implements PartWriter {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte[] from, int start, int count) {
            bytes.write(from, start, count);
        }

        @Override
        public long segmentBytes() {
            return bytes.size();
        }
    }

    @Test
    void hadoopReadsWhatWeWriteAndSoDoWeHoweverItIsCut() throws Exception {
        int count = 100_000;
        Part part = new Part();
        SequenceWriter writer = new SequenceWriter(part, LONG, TEXT, 3);
        writer.begin();
        assertThat(part.segmentBytes()).isPositive();
        for (long i = 0; i < count; i++) {
            writer.write(new LongWritable(i), new Text("v" + i));
        }
        Path file = Files.write(folder.resolve("ours"), part.bytes.toByteArray());
        List<Long> keys = new ArrayList<>();
        try (SequenceFile.Reader reader = new SequenceFile.Reader(
                new Configuration(), SequenceFile.Reader.file(new org.apache.hadoop.fs.Path(file.toUri())))) {
            LongWritable key = new LongWritable();
            Text value = new Text();
            while (reader.next(key, value)) {
                keys.add(key.get());
            }
        }
        assertThat(keys).isEqualTo(numbers(count));
        keys.clear();
        long length = Files.size(file);
        long share = length / 7;
        for (int i = 0; i < 7; i++) {
            List<Long> some = read(file, i * share, i == 6 ? length - 6 * share : share);
            assertThat(some.size()).isBetween(1, count / 2);
            keys.addAll(some);
        }
        assertThat(keys).isEqualTo(numbers(count));
    }

    @Test
    void aRecordThatHoldsTheMarkerIsNotWritten() throws Exception {
        Part part = new Part();
        SequenceWriter writer = new SequenceWriter(part, LONG, TEXT, 0);
        writer.begin();
        byte[] header = part.bytes.toByteArray();
        byte[] marker = Arrays.copyOfRange(header, header.length - SequenceHeader.SYNC_BYTES, header.length);
        // a marker is no UTF-8, which a Text holds all the same
        Text text = new Text();
        text.set(marker, 0, marker.length);
        assertThatThrownBy(() -> writer.write(new LongWritable(1), text)).hasMessageContaining("holds the marker");
        text.set(marker, 1, marker.length - 1);
        writer.write(new LongWritable(1), text);
    }

    @Test
    void aLengthThatCannotBeIsToldBeforeAnythingIsReadForIt() throws Exception {
        Part part = new Part();
        SequenceWriter writer = new SequenceWriter(part, LONG, TEXT, 0);
        writer.begin();
        int header = (int) part.segmentBytes();
        writer.write(new LongWritable(1), new Text("one"));
        byte[] bytes = part.bytes.toByteArray();
        java.nio.ByteBuffer.wrap(bytes).putInt(header, 0x7FFF_FFF0);
        Path file = Files.write(folder.resolve("long"), bytes);
        assertThatThrownBy(() -> read(file, 0, -1))
                .hasMessageContaining("its record at byte " + header + " is said to have 2147483632 bytes");
        java.nio.ByteBuffer.wrap(bytes).putInt(header, 12).putInt(header + 4, 13);
        Files.write(file, bytes);
        assertThatThrownBy(() -> read(file, 0, -1)).hasMessageContaining("is said to have a key of 13 bytes");
    }

    @Test
    void longNamesOfClassesAreWrittenAsHadoopReadsThem() throws Exception {
        for (int length : new int[] {127, 128, 255, 256, 3000}) {
            String name = "a." + "b".repeat(length - 2);
            Part part = new Part();
            new SequenceWriter(part, name, TEXT, 0).begin();
            Path file = Files.write(folder.resolve("long"), part.bytes.toByteArray());
            try (SequenceReader reader =
                    SequenceReader.open(stores, new InputSplit("i", file.toString(), 0, -1), name, TEXT)) {
                assertThat(reader.next()).isFalse();
            }
        }
    }
}
