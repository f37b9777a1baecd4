package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.examples.RandomData.Kind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomDataTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void linesDependOnTheSeedNotOnTasks(Kind kind) throws Exception {
        BspJob job = BspJob.of(RandomData.class)
                .set(RandomData.KIND, kind.name().toLowerCase(Locale.ROOT))
                .set(RandomData.ROWS, 50);
        List<String> lines = BspTest.run(job).lines();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(25);
        assertThat(BspTest.of(job.tasks(3)).runSteady(1).lines()).isEqualTo(lines);
        assertThat(BspTest.run(job.set(RandomData.SEED, 2)).lines()).isNotEqualTo(lines);
    }
}
