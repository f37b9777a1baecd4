package io.valiant.task.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.message.SpillFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableComparable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedRecordsTest {
    @TempDir
    private Path folder;

    private static final Types TYPES = new TestTypes();

    private record Pair(String key, String value) {}

    private static Pair pair(SortedRecords.Cursor cursor) throws Exception {
        int start = cursor.start();
        int keyLength = SortedRecords.getInt(cursor.bytes(), start);
        int valueLength = SortedRecords.getInt(cursor.bytes(), start + 4);
        Text key = new Text();
        Text value = new Text();
        Bytes bytes = new Bytes();
        bytes.fill(key, cursor.bytes(), start + 8, keyLength);
        bytes.fill(value, cursor.bytes(), start + 8 + keyLength, valueLength);
        return new Pair(key.toString(), value.toString());
    }

    private static List<Pair> all(SortedRecords records) throws Exception {
        List<Pair> all = new ArrayList<>();
        SortedRecords.Cursor cursor = records.read();
        while (cursor.next()) {
            all.add(pair(cursor));
        }
        return all;
    }

    @Test
    void recordsComeInTheOrderOfKeysAndEqualOnesAsTheyWereAdded() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            int count = seed == 0 ? 0 : random.nextInt(6000);
            List<Pair> expected = new ArrayList<>();
            // 64 KiB is the least that is held: most seeds spill several runs
            try (SortedRecords records =
                            new SortedRecords(KeyOrder.of(Text.class, TYPES), 1, () -> new SpillFile(folder));
                    SortedRecords again =
                            new SortedRecords(KeyOrder.of(Text.class, TYPES), 1 << 20, () -> new SpillFile(folder))) {
                Bytes key = new Bytes();
                Bytes value = new Bytes();
                for (int i = 0; i < count; i++) {
                    boolean large = random.nextInt(3000) == 0;
                    Pair pair = new Pair(
                            "k" + random.nextInt(500),
                            i + (large ? "y".repeat(200_000) : "x".repeat(random.nextInt(100))));
                    expected.add(pair);
                    key.hold(new Text(pair.key));
                    value.hold(new Text(pair.value));
                    ByteArrayOutputStream both = new ByteArrayOutputStream();
                    key.writeTo(both);
                    value.writeTo(both);
                    records.add(
                            key.size(),
                            value.size(),
                            new DataInputStream(new ByteArrayInputStream(both.toByteArray())));
                }
                records.sort();
                Collections.sort(expected, (a, b) -> a.key.compareTo(b.key));
                assertThat(all(records)).as("seed %d", seed).isEqualTo(expected);
                assertThat(all(records)).as("seed %d, read again", seed).isEqualTo(expected);
                ByteArrayOutputStream saved = new ByteArrayOutputStream();
                records.save(new DataOutputStream(saved));
                again.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
                assertThat(all(again)).as("seed %d, restored", seed).isEqualTo(expected);
                assertThat(again.count()).isEqualTo(count);
            }
        }
    }

    /** In a JVM whose heap is less than any of what is sorted. */
    @ParameterizedTest
    @CsvSource({"large records, 1048576, 80", "small records in many runs, 100, 800000", "both, 0, 0"})
    void whatIsSortedNeedsNoMoreMemoryThanItsShareAndOneRecord(String what, int bytes, int count) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SortsInLittleMemory.class.getName(),
                        folder.toString(),
                        String.valueOf(bytes),
                        String.valueOf(count))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", what, said).isZero();
        assertThat(said).contains("sorted");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void bytesAreOrderedAsTheirClassesOrderThem() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            check(new LongWritable(number(random)), new LongWritable(number(random)));
            check(new IntWritable((int) number(random)), new IntWritable((int) number(random)));
            check(new DoubleWritable(random.nextGaussian()), new DoubleWritable(random.nextInt(3) - 1.0));
            check(new Text(text(random)), new Text(text(random)));
            check(
                    new BytesWritable(text(random).getBytes(StandardCharsets.UTF_8)),
                    new BytesWritable(text(random).getBytes(StandardCharsets.UTF_8)));
            check(new org.apache.hadoop.io.VLongWritable(number(random)), new org.apache.hadoop.io.VLongWritable(1));
        }
    }

    private static long number(Random random) {
        return random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(7) - 3;
    }

    private static String text(Random random) {
        return "aß\uD83D\uDE00z".substring(0, 2).repeat(random.nextInt(100)) + random.nextInt(3);
    }

    @SuppressWarnings("unchecked")
    private static <K extends WritableComparable<?>> void check(K a, K b) throws Exception {
        Bytes left = new Bytes();
        Bytes right = new Bytes();
        left.hold(a);
        right.hold(b);
        int expected = ((Comparable<Object>) a).compareTo(b);
        int compared =
                KeyOrder.of(a.getClass(), TYPES).compare(left.array(), 0, left.size(), right.array(), 0, right.size());
        assertThat(Integer.signum(compared)).as("%s, %s", a, b).isEqualTo(Integer.signum(expected));
    }

    @Test
    void rangesAreOrderedAndAboutEqual() throws Exception {
        KeyOrder order = KeyOrder.of(LongWritable.class, TYPES);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int tasks = 1 + random.nextInt(9);
            List<RangeBorders.Sample> samples = new ArrayList<>();
            Sampler sampler = new Sampler();
            Bytes bytes = new Bytes();
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                keys.add((long) (random.nextGaussian() * 1e6));
                bytes.hold(new LongWritable(keys.get(i)));
                sampler.see(bytes.array(), bytes.size());
            }
            assertThat(sampler.keys().size()).isBetween(512, 1024);
            for (byte[] key : sampler.keys()) {
                samples.add(new RangeBorders.Sample(key, sampler.weight()));
            }
            RangeBorders borders = RangeBorders.of(order, samples, tasks);
            Collections.sort(keys);
            int[] counts = new int[tasks];
            int before = 0;
            for (long key : keys) {
                bytes.hold(new LongWritable(key));
                int task = borders.taskOf(bytes.array(), bytes.size());
                assertThat(task).isBetween(before, tasks - 1);
                before = task;
                counts[task]++;
            }
            for (int count : counts) {
                assertThat(count).isBetween(20_000 / tasks * 7 / 10, 20_000 / tasks * 13 / 10 + 1);
            }
        }
    }

    @Test
    void fewKeysAndNoneHaveBordersToo() throws Exception {
        KeyOrder order = KeyOrder.of(LongWritable.class, TYPES);
        Bytes bytes = new Bytes();
        bytes.hold(new LongWritable(5));
        byte[] key = java.util.Arrays.copyOf(bytes.array(), bytes.size());
        assertThat(RangeBorders.of(order, List.of(), 4).taskOf(key, key.length)).isZero();
        int task = RangeBorders.of(order, List.of(new RangeBorders.Sample(key, 1)), 4)
                .taskOf(key, key.length);
        assertThat(task).isBetween(0, 3);
    }
}
