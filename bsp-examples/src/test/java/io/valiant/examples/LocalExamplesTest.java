package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalExamplesTest {
    @TempDir
    private Path folder;

    @Test
    void piIsAboutPi() throws Exception {
        Path output = folder.resolve("pi");
        JobResult result = BspJob.of(Pi.class)
                .tasks(4)
                .set(Pi.DARTS, 100_000)
                .output(output.toString())
                .local()
                .submit()
                .await();
        assertThat(result.status().cause()).isNull();
        assertThat(result.succeeded()).isTrue();
        String[] line = lines(output).get(0).split("\t");
        assertThat(line[0]).isEqualTo("pi");
        assertThat(Double.parseDouble(line[1])).isBetween(3.13, 3.15);
    }

    @Test
    void theLedgerIsAsItMustBeWithAnyNumberOfTasks() throws Exception {
        for (int tasks = 1; tasks <= 6; tasks++) {
            for (int run = 0; run < 2; run++) {
                Path output = folder.resolve("ledger-" + tasks + "-" + run);
                Path file = folder.resolve("lines-" + tasks + "-" + run);
                JobResult result = BspJob.of(Ledger.class)
                        .tasks(tasks)
                        .set(Ledger.SUPERSTEPS, 200)
                        .set(Ledger.SEED, 7)
                        .set(Ledger.FILE, file)
                        .output(output.toString())
                        .local()
                        .submit()
                        .await();
                assertThat(result.status().cause()).isNull();
                assertThat(result.status().superstep()).isEqualTo(199);
                assertThat(Ledger.hash(lines(output))).isEqualTo(LedgerFold.text(LedgerFold.reference(7, tasks, 200)));
                assertThat(Files.readAllLines(file)).hasSize(200 * tasks).doesNotHaveDuplicates();
            }
        }
    }

    private static List<String> lines(Path output) throws IOException {
        assertThat(output.resolve("_SUCCESS")).exists();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(output)) {
            for (Path part : parts.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }
}
