package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void theHashIsThatOfTheReferenceWhoeverIsKilled() throws Exception {
        for (int tasks = 1; tasks <= 4; tasks++) {
            BspJob job = BspJob.of(Ledger.class)
                    .tasks(tasks)
                    .set(Ledger.SUPERSTEPS, 6)
                    .set(Ledger.SEED, 7);
            assertThat(Ledger.hash(BspTest.of(job).runSteady(3).lines()))
                    .isEqualTo(LedgerFold.text(LedgerFold.reference(7, tasks, 6)));
        }
    }
}
