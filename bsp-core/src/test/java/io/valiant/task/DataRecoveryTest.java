package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.JobInput;
import io.valiant.io.FileStores;
import io.valiant.io.sequence.SequenceReader;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.OutputPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that were in the middle of inputs dealt out by key and of a join go on there after a roll-back. */
@Timeout(180)
class DataRecoveryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeInputs() throws IOException {
        Random random = new Random(11);
        for (String name : List.of("left", "right", "dealt", "plain")) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                lines.add("k" + random.nextInt(120) + "\t" + name + i);
            }
            Files.write(folder.resolve(name), lines);
        }
    }

    private TestJobs job(Class<?> program, String name) {
        TestJobs job = TestJobs.of(program)
                .type(program == RecoveryPrograms.Reads.class ? "superstep" : "bsp")
                .tasks(3)
                .checkpointEvery(4)
                .outputFormat("sequence:Text,LongWritable")
                .output(folder.resolve(name).toString());
        for (String input : List.of("left", "right", "dealt", "plain")) {
            String partition = input.equals("plain") ? JobInput.BYTES : JobInput.RANGE;
            job.input(new JobInput(
                    input,
                    folder.resolve(input).toString(),
                    "keyvalue",
                    input.equals("dealt") ? JobInput.HASH : partition,
                    false));
        }
        return job;
    }

    /** The records that each task has written, and its counters. */
    private static List<List<String>> outcome(List<ChildEvent.PartsClosed> results) throws Exception {
        List<List<String>> outcome = new ArrayList<>();
        for (ChildEvent.PartsClosed closed : results) {
            List<String> records = new ArrayList<>();
            for (OutputPart part : closed.result().parts()) {
                InputSplit split = new InputSplit("i", part.temporary(), 0, -1);
                try (SequenceReader reader = SequenceReader.open(
                        new FileStores(new TreeMap<>()), split, Text.class.getName(), LongWritable.class.getName())) {
                    while (reader.next()) {
                        records.add(Arrays.toString(Arrays.copyOf(reader.keyBytes(), reader.keyLength()))
                                + Arrays.toString(Arrays.copyOf(reader.valueBytes(), reader.valueLength())));
                    }
                }
            }
            records.add(closed.result().counters().get("test").get("steps") + " steps");
            outcome.add(records);
        }
        return outcome;
    }

    @ParameterizedTest
    @CsvSource({"superstep, true, 12", "superstep, false, 8", "superstep, true, 4", "bsp, false, 12", "bsp, false, 4"})
    void theRecordsGoOnWhereTheyWere(String type, boolean kept, long from) throws Exception {
        Class<?> program = type.equals("bsp") ? RecoveryPrograms.ReadsAndSaves.class : RecoveryPrograms.Reads.class;
        List<List<String>> whole;
        try (TaskRig rig = new TaskRig(job(program, "whole").spec(), folder.resolve("w"))) {
            rig.start(1, null);
            whole = outcome(rig.finish());
            assertThat(whole.get(0).size()).isGreaterThan(50);
        }
        TestJobs job = job(program, "restored").set("fail", 13);
        TaskRig first = new TaskRig(job.spec(), folder.resolve("r"));
        TaskRig second = kept ? first : new TaskRig(job.spec(), folder.resolve("r"));
        try (first;
                second) {
            first.start(1, null);
            CheckpointRef ref = first.checkpoint(1, from);
            assertThat(first.task(1)
                            .hear(ChildEvent.ProgramFailed.class)
                            .cause()
                            .message())
                    .contains("planted");
            first.abandon(1);
            second.start(2, ref);
            assertThat(outcome(second.finish())).isEqualTo(whole);
        }
    }
}
