package io.valiant.simulator.planted;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BugTest {
    @Test
    void oneThatDoesNotFitTheCodeIsToldBeforeAnythingRuns() {
        Bug misfit = new Bug(
                "misfit",
                "of code that was changed meanwhile",
                List.of(new Change("master.job.Checkpointing", "noSuchMethod", Edit.equal("generation"))));
        assertThatThrownBy(() -> misfit.plant(getClass().getClassLoader(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not fit the code any more");
    }

    @Test
    void allOfTheTableFit() {
        for (Bug bug : Bugs.table()) {
            assertThatCode(() -> bug.plant(getClass().getClassLoader(), List.of()))
                    .as(bug.name())
                    .doesNotThrowAnyException();
        }
    }
}
