package io.valiant.chaos.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.JobHandle;
import io.valiant.bsp.JobResult;
import io.valiant.bsp.JobState;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.ProgramJar;
import io.valiant.examples.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyLedgerTest {
    @TempDir
    private Path folder;

    private BspJob job() {
        return BspJob.of(FaultyLedger.class)
                .tasks(3)
                .set(Ledger.SUPERSTEPS, 6)
                .set(Ledger.SEED, 5)
                .output(folder.resolve("out").toString())
                .local();
    }

    @Test
    void withoutAFaultItIsALedger() throws Exception {
        try (JobHandle handle = job().submit()) {
            assertThat(handle.await().status().state()).isEqualTo(JobState.SUCCEEDED);
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path part : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList()) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        assertThat(Ledger.hash(lines)).isEqualTo(new LedgerPlan(3, 6, 0, 5, List.of(), null).hash());
    }

    @Test
    void anExceptionIsThrownInItsTask() throws Exception {
        BspJob job = job().set(FaultyLedger.FAULT, FaultyLedger.Fault.THROW).set(FaultyLedger.TASK, 2);
        try (JobHandle handle = job.submit()) {
            JobResult result = handle.await();
            assertThat(result.status().state()).isEqualTo(JobState.FAILED);
            assertThat(result.status().cause().message()).contains(FaultyLedger.TEXT);
        }
    }

    @Test
    void itsJarHoldsAllOfItsClasses() throws IOException {
        try (JarFile jar = new JarFile(ProgramJar.of(FaultyLedger.class, folder).toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains(
                            "io/valiant/chaos/program/FaultyLedger.class",
                            "io/valiant/chaos/program/FaultyLedger$Fault.class",
                            "io/valiant/chaos/program/FaultyLedger$1.class");
        }
    }
}
