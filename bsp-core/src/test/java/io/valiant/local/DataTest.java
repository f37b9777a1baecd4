package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.Format;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.bsp.Join;
import io.valiant.bsp.SuperstepStatus;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs and outputs of whole jobs. */
@Timeout(120)
class DataTest {
    @TempDir
    private Path folder;

    private int outputs;

    private static JobStatus run(BspJob job) throws BspException {
        return job.local().submit().await().status();
    }

    private static JobStatus good(BspJob job) throws BspException {
        JobStatus status = run(job);
        assertThat(status.cause()).isNull();
        return status;
    }

    private String output() {
        return folder.resolve("out" + ++outputs).toString();
    }

    /** The lines of all parts of the last output, in order. */
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int part = 0; Files.exists(part(part)); part++) {
            lines.addAll(Files.readAllLines(part(part)));
        }
        return lines;
    }

    private Path part(int part) {
        return folder.resolve("out" + outputs).resolve("part-0000" + part);
    }

    private static List<String> sorted(List<String> lines) {
        List<String> sorted = new ArrayList<>(lines);
        Collections.sort(sorted);
        return sorted;
    }

    /** Files of keys that repeat, each line once; plain and compressed. */
    private List<String> writeRecords(int count, String separator) throws IOException {
        Random random = new Random(count);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("k" + random.nextInt(count / 4 + 1) + separator + "v" + i);
        }
        Path in = Files.createDirectories(folder.resolve("in"));
        int third = count / 3;
        Files.write(in.resolve("a.txt"), lines.subList(0, third));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(in.resolve("b.txt.gz")))) {
            out.write((String.join("\n", lines.subList(third, 2 * third)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(in.resolve("c.bz2")))) {
            out.write(String.join("\n", lines.subList(2 * third, count)).getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    @Test
    void keysAndValuesOfAnyFileAreReadOnceWithAnyNumberOfTasks() throws Exception {
        List<String> lines = writeRecords(1000, "\t");
        for (int tasks : new int[] {1, 2, 5}) {
            JobStatus status = good(BspJob.of(DataPrograms.Copy.class)
                    .tasks(tasks)
                    .input(folder + "/in/*.{txt,txt.gz,bz2}")
                    .output(output()));
            assertThat(lines()).isEqualTo(lines);
            assertThat(status.counters().get("copy").get("records")).isEqualTo(1000);
        }
    }

    @Test
    void theJobsSeparatorsHold() throws Exception {
        List<String> lines = writeRecords(50, "::");
        good(BspJob.of(DataPrograms.Copy.class)
                .tasks(2)
                .input(JobInput.of(folder + "/in").format(Format.keyValue("::")))
                .outputFormat(Format.keyValue("="))
                .output(output()));
        assertThat(lines())
                .isEqualTo(lines.stream().map(line -> line.replace("::", "=")).toList());
        Files.writeString(folder.resolve("one"), "a=b\tc\n");
        JobStatus status = run(BspJob.of(DataPrograms.Copy.class)
                .input(folder.resolve("one").toString())
                .outputFormat(Format.keyValue("="))
                .output(output()));
        assertThat(status.cause().message()).contains("the key 'a=b' holds '='");
        Files.writeString(folder.resolve("one"), "a:\tc\n");
        status = run(BspJob.of(DataPrograms.Copy.class)
                .input(folder.resolve("one").toString())
                .outputFormat(Format.keyValue("::"))
                .output(output()));
        assertThat(status.cause().message()).contains("the key 'a:' holds '::' or ends with a part of it");
    }

    @Test
    void sequenceFilesGoRound() throws Exception {
        writeRecords(500, "\t");
        Format<Text, LongWritable> numbers = Format.sequence(Text.class, LongWritable.class);
        good(BspJob.of(DataPrograms.Measure.class)
                .tasks(3)
                .input(folder + "/in")
                .outputFormat(numbers)
                .output(output()));
        Path sequence = folder.resolve("out" + outputs);
        assertThat(Files.readAllBytes(part(1))).startsWith("SEQ".getBytes(StandardCharsets.UTF_8));
        byte[] first = Files.readAllBytes(part(0));
        good(BspJob.of(DataPrograms.Measure.class)
                .tasks(3)
                .input(folder + "/in")
                .outputFormat(numbers)
                .output(output()));
        assertThat(Files.readAllBytes(part(0)))
                .as("the same bytes in every run")
                .isEqualTo(first);

        good(BspJob.of(DataPrograms.Measure.class)
                .tasks(1)
                .input(folder + "/in")
                .output(output()));
        List<String> expected = lines();
        for (int tasks : new int[] {1, 4}) {
            // by the program's own format, which may begin anywhere
            good(BspJob.of(DataPrograms.Numbers.class)
                    .tasks(tasks)
                    .input(sequence.toString())
                    .output(output()));
            assertThat(lines()).isEqualTo(expected);
            // by the job's
            JobStatus status = good(BspJob.of(DataPrograms.Show.class)
                    .tasks(tasks)
                    .input(JobInput.of(sequence.toString()).format(numbers))
                    .output(output()));
            assertThat(lines()).isEqualTo(expected);
            assertThat(status.counters().get("show").get("again")).isEqualTo(500);
        }
    }

    @Test
    void aPartWithoutRecordsIsASequenceFileToo() throws Exception {
        Files.writeString(folder.resolve("one"), "a\tb\n");
        Format<Text, LongWritable> numbers = Format.sequence(Text.class, LongWritable.class);
        good(BspJob.of(DataPrograms.Measure.class)
                .tasks(2)
                .input(folder.resolve("one").toString())
                .outputFormat(numbers)
                .output(output()));
        String sequence = folder.resolve("out" + outputs).toString();
        assertThat(part(1)).isNotEmptyFile();
        good(BspJob.of(DataPrograms.Numbers.class)
                .tasks(2)
                .input(JobInput.of(sequence).partition(JobInput.PARTS))
                .output(output()));
        assertThat(lines()).containsExactly("a\t1");
    }

    @Test
    void resultsAreWrittenInAFormatOfOnesOwn() throws Exception {
        Path in = Files.writeString(folder.resolve("one"), "a\tb\nc\tdd\n");
        good(BspJob.of(DataPrograms.Measure.class)
                .tasks(3)
                .input(in.toString())
                .outputFormat(DataPrograms.Json.class)
                .output(output()));
        assertThat(lines())
                .containsExactly(
                        "// json", "{\"key\":\"a\",\"value\":1}", "// json", "{\"key\":\"c\",\"value\":2}", "// json");
        Files.writeString(in, "a\"\tb\n");
        assertThat(run(BspJob.of(DataPrograms.Measure.class)
                                .input(in.toString())
                                .outputFormat(DataPrograms.Json.class)
                                .output(output()))
                        .cause()
                        .message())
                .contains("Json cannot write the record 'a\"', '1': a quote");
        assertThat(run(BspJob.of(DataPrograms.Copy.class)
                                .input(in.toString())
                                .outputFormat(DataPrograms.Json.class)
                                .output(output()))
                        .cause()
                        .message())
                .contains("whose values are of org.apache.hadoop.io.LongWritable");
        assertThatThrownBy(() -> run(BspJob.of(DataPrograms.Copy.class)
                        .input(in.toString())
                        .outputFormat(Format.of(DataPrograms.Packets.class))
                        .output(output())))
                .hasMessageContaining("Packets, is no OutputFormat");
    }

    @Test
    void classesThatDoNotFitAreTold() throws Exception {
        writeRecords(20, "\t");
        good(BspJob.of(DataPrograms.Copy.class)
                .input(folder + "/in")
                .outputFormat(Format.sequence(Text.class, Text.class))
                .output(output()));
        String texts = folder.resolve("out" + outputs).toString();
        assertThat(run(BspJob.of(DataPrograms.Numbers.class).input(texts).output(output()))
                        .cause()
                        .message())
                .contains("holds keys of org.apache.hadoop.io.Text and values of org.apache.hadoop.io.Text")
                .contains("values of org.apache.hadoop.io.LongWritable");
        assertThat(run(BspJob.of(DataPrograms.Numbers.class)
                                .input(JobInput.of(folder + "/in").format(Format.keyValue()))
                                .output(output()))
                        .cause()
                        .message())
                .contains("is read as keyvalue");
        assertThat(run(BspJob.of(DataPrograms.Copy.class)
                                .input(folder + "/in")
                                .outputFormat(Format.sequence(Text.class, LongWritable.class))
                                .output(output()))
                        .cause()
                        .message())
                .contains("a value of org.apache.hadoop.io.Text was written");
    }

    @ParameterizedTest
    @CsvSource({"hash", "range", "class"})
    void recordsAreDealtOutByKeyAndComeInOrder(String how) throws Exception {
        List<String> lines = writeRecords(3000, "\t");
        String partition = how.equals("class") ? DataPrograms.ByLetter.class.getName() : how;
        List<String> expected = new ArrayList<>(lines);
        // stable: equal keys in the order of the input
        Collections.sort(expected, (a, b) -> key(a).compareTo(key(b)));
        for (int tasks : new int[] {1, 2, 3, 6}) {
            good(BspJob.of(DataPrograms.Copy.class)
                    .tasks(tasks)
                    .input(JobInput.of(folder + "/in").format(Format.keyValue()).partition(partition))
                    .output(output()));
            List<String> all = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                List<String> part = Files.readAllLines(part(task));
                assertThat(part.stream().map(DataTest::key).toList()).isSorted();
                if (!how.equals("class")) {
                    assertThat(part.size()).isBetween(3000 / tasks * 7 / 10, 3000 / tasks * 13 / 10);
                }
                all.addAll(part);
            }
            if (!how.equals("range")) {
                Collections.sort(all, (a, b) -> key(a).compareTo(key(b)));
            }
            assertThat(all).as("%d tasks", tasks).isEqualTo(expected);
        }
    }

    private static String key(String line) {
        return line.substring(0, line.indexOf('\t'));
    }

    @Test
    void theProgramBeginsAtSuperstepZeroWithoutMessages() throws Exception {
        writeRecords(100, "\t");
        for (String partition : new String[] {"bytes", "hash", "range"}) {
            JobStatus status = good(BspJob.of(DataPrograms.Steps.class)
                    .tasks(2)
                    .input(JobInput.of(folder + "/in").format(Format.keyValue()).partition(partition)));
            assertThat(status.counters().get("steps"))
                    .containsEntry("first", 0L)
                    .containsEntry("second", 2L)
                    .containsEntry("messages", 100L);
        }
    }

    @ParameterizedTest
    @CsvSource({"bytes, 0", "hash, -1", "range, -2"})
    void whatUsersSeeOfSuperstepsIsNumberedAsTheProgramNumbersThem(String partition, long first) throws Exception {
        writeRecords(100, "\t");
        BspJob job = BspJob.of(DataPrograms.Steps.class)
                .tasks(2)
                .input(JobInput.of(folder + "/in").format(Format.keyValue()).partition(partition));
        try (JobHandle handle = job.local().submit()) {
            assertThat(handle.await().status().superstep()).isEqualTo(2);
            List<SuperstepStatus> steps = handle.supersteps();
            assertThat(steps)
                    .extracting(SuperstepStatus::superstep)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(first, 2).boxed().toList());
            assertThat(steps.get(steps.size() - 2).messages())
                    .as("those of superstep 1")
                    .isEqualTo(100);
        }
        JobStatus failed = run(job.set("fail", true));
        assertThat(failed.cause().superstep()).isEqualTo(1);
        assertThat(failed.task().get(0).superstep()).isLessThanOrEqualTo(1);
    }

    @Test
    void aPartitionerThatNamesNoTaskIsToldWithTheRecord() throws Exception {
        Files.writeString(folder.resolve("bad"), "a\tb\n\tempty\n");
        JobStatus status = run(BspJob.of(DataPrograms.Copy.class)
                .tasks(2)
                .input(JobInput.of(folder.resolve("bad").toString())
                        .format(Format.keyValue())
                        .partition(DataPrograms.ByLetter.class))
                .output(output()));
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.cause().message())
                .contains("ByLetter gave task 2 for the key ''")
                .contains("bad:4");
        assertThat(status.cause().line()).isEqualTo(2);
        assertThat(status.cause().superstep()).as("before the program's first").isEqualTo(-1);
    }

    private void writeTables() throws IOException {
        Files.writeString(folder.resolve("left"), "b\t1\na\t2\nd\t3\nb\t4\n");
        Files.writeString(folder.resolve("right"), "c\tx\nb\ty\nd\tz\nb\tw\n");
    }

    private BspJob pairs(Join how, String partition, int tasks) {
        return BspJob.of(DataPrograms.Pairs.class)
                .tasks(tasks)
                .set("join", how)
                .input(JobInput.of("left", folder + "/left")
                        .format(Format.keyValue())
                        .partition(partition))
                .input(JobInput.of("right", folder + "/right")
                        .format(Format.keyValue())
                        .partition(partition))
                .output(output());
    }

    @ParameterizedTest
    @CsvSource({"hash", "range"})
    void joinsGiveTheirCombinations(String partition) throws Exception {
        writeTables();
        for (int tasks : new int[] {1, 2, 3}) {
            good(pairs(Join.INNER, partition, tasks));
            assertThat(sorted(lines())).containsExactly("b 1 w", "b 1 y", "b 4 w", "b 4 y", "d 3 z");
            good(pairs(Join.OUTER, partition, tasks));
            assertThat(sorted(lines()))
                    .containsExactly("a 2 null", "b 1 w", "b 1 y", "b 4 w", "b 4 y", "c null x", "d 3 z");
            good(pairs(Join.OVERRIDE, partition, tasks));
            assertThat(sorted(lines())).containsExactly("a 2 null", "b null w", "b null y", "c null x", "d null z");
        }
        good(pairs(Join.INNER, partition, 1));
        assertThat(lines()).containsExactly("b 1 y", "b 1 w", "b 4 y", "b 4 w", "d 3 z");
    }

    @Test
    void whatOneJobHasDealtOutAnotherJoinsByItsParts() throws Exception {
        Random random = new Random(5);
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            left.add("k" + random.nextInt(100) + "\tl" + i);
            right.add("k" + random.nextInt(100) + "\tr" + i);
        }
        for (String l : left) {
            for (String r : right) {
                if (key(l).equals(key(r))) {
                    expected.add(
                            key(l) + " " + l.substring(l.indexOf('\t') + 1) + " " + r.substring(r.indexOf('\t') + 1));
                }
            }
        }
        Files.write(folder.resolve("l"), left);
        Files.write(folder.resolve("r"), right);
        for (String table : List.of("l", "r")) {
            good(BspJob.of(DataPrograms.Copy.class)
                    .tasks(3)
                    .input(JobInput.of(folder + "/" + table)
                            .format(Format.keyValue())
                            .partition(JobInput.HASH))
                    .output(folder + "/" + (table.equals("l") ? "left" : "right")));
        }
        good(pairs(Join.INNER, JobInput.PARTS, 3));
        assertThat(sorted(lines())).isEqualTo(sorted(expected));
        for (int tasks : new int[] {2, 4}) {
            assertThatThrownBy(() -> run(pairs(Join.INNER, JobInput.PARTS, tasks)))
                    .hasMessageContaining("has 3 parts for " + tasks + " tasks");
        }
    }

    @Test
    void aJoinOfWhatDoesNotBelongTogetherIsTold() throws Exception {
        writeTables();
        assertThat(run(pairs(Join.INNER, JobInput.BYTES, 2)).cause().message())
                .contains("cannot be joined: equal keys may lie in different tasks");
        // one task has all keys, but not in order
        assertThat(run(pairs(Join.INNER, JobInput.BYTES, 1)).cause().message())
                .contains("does not come in the order of its keys")
                .contains("'a'")
                .contains("left:4");
    }

    @Test
    void formatsOfOnesOwnReadWholeFilesOrAnyRange() throws Exception {
        Path in = Files.createDirectory(folder.resolve("packets"));
        long sum = 0;
        long records = 0;
        Random random = new Random(9);
        for (int file = 0; file < 3; file++) {
            OutputStream plain = Files.newOutputStream(in.resolve("f" + file));
            try (DataOutputStream out = new DataOutputStream(file == 1 ? new GZIPOutputStream(plain) : plain)) {
                for (int packet = 0; packet < 40; packet++) {
                    int count = random.nextInt(20);
                    out.write(count);
                    for (int i = 0; i < count; i++) {
                        int value = random.nextInt(1000);
                        out.writeInt(value);
                        sum += value;
                        records++;
                    }
                }
            }
        }
        for (int tasks : new int[] {1, 4}) {
            JobStatus status = good(BspJob.of(DataPrograms.Sums.class)
                    .tasks(tasks)
                    .input(JobInput.of(in.toString()).format(Format.of(DataPrograms.Packets.class))));
            assertThat(status.counters().get("sum"))
                    .containsEntry("values", sum)
                    .containsEntry("records", records);
        }
        assertThat(run(BspJob.of(DataPrograms.Sums.class).tasks(2).input(in.toString()))
                        .cause()
                        .message())
                .contains("reads whole files: name the format where the job is made");

        Path eights = folder.resolve("eights");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(eights))) {
            for (long i = 0; i < 1000; i++) {
                out.writeLong(i);
            }
        }
        for (int tasks : new int[] {1, 3, 7}) {
            JobStatus status = good(BspJob.of(DataPrograms.Sums.class)
                    .tasks(tasks)
                    .set("what", "eights")
                    .input(JobInput.of(eights.toString()).format(Format.of(DataPrograms.Eights.class))));
            assertThat(status.counters().get("sum"))
                    .containsEntry("values", 499_500L)
                    .containsEntry("records", 1000L);
        }
    }

    @Test
    void aBadRecordOfOnesOwnFormatIsToldWithFileAndPosition() throws Exception {
        Path file = Files.write(folder.resolve("bad"), new byte[] {1, 0, 0, 0, 5, 120});
        JobStatus status = run(BspJob.of(DataPrograms.Sums.class)
                .input(JobInput.of(file.toString()).format(Format.of(DataPrograms.Packets.class))));
        assertThat(status.cause().message()).endsWith(file + " at byte 5: the record is bad: a packet of 120");
        assertThat(status.cause().file()).endsWith(file.toString());
    }

    @Test
    void aRecordTheProgramCannotUseIsToldWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("numbers"), "a;1\nb;2\nc;x\n");
        JobStatus status = run(BspJob.of(DataPrograms.Throws.class).input(file.toString()));
        assertThat(status.cause().message()).contains("\"x\"").contains(file + ":8");
        assertThat(status.cause().line()).isEqualTo(3);
    }

    @Test
    void sideFilesAreFoundByTheirNames() throws Exception {
        Path words = Files.writeString(folder.resolve("words.txt"), "one\ntwo\n");
        good(BspJob.of(DataPrograms.Side.class).tasks(2).file(words).output(output()));
        assertThat(lines()).containsExactly("0 one", "0 two", "1 one", "1 two");
        assertThat(run(BspJob.of(DataPrograms.Side.class)
                                .set("other", true)
                                .file(words)
                                .output(output()))
                        .cause()
                        .message())
                .contains("the job has no file 'other.txt'; it has [words.txt]");
        assertThatThrownBy(() -> run(BspJob.of(DataPrograms.Side.class).file(folder.resolve("none"))))
                .hasMessageContaining("does not exist");
        Path same = Files.createDirectory(folder.resolve("d")).resolve("words.txt");
        Files.writeString(same, "three");
        assertThatThrownBy(
                        () -> run(BspJob.of(DataPrograms.Side.class).file(words).file(same)))
                .hasMessageContaining("two side files are named 'words.txt'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "words | bytes | 'words' is no format",
                "sequence:Text | bytes | needs two classes",
                "a.b.Missing | bytes | cannot",
                "org.apache.hadoop.io.Text | bytes | is no InputFormat",
                "text | hash | needs a format with keys",
                "keyvalue | hsah | is no word for one",
                "keyvalue | org.apache.hadoop.io.Text | is no Partitioner"
            })
    void inputsThatCannotBeAreRefusedBeforeTheJobIsOne(String format, String partition, String message)
            throws Exception {
        writeTables();
        JobInput input = new JobInput("input", folder + "/left", format, partition, false);
        assertThatThrownBy(() ->
                        run(BspJob.of(DataPrograms.Copy.class).input(input).output(output())))
                .isInstanceOf(BspException.class)
                .hasMessageContaining(message.equals("cannot") ? "no class that can be loaded" : message);
    }
}
