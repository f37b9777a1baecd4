package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerFoldTest {
    @Test
    void theHashOfAJobIsFixedForEver() {
        assertThat(LedgerFold.text(LedgerFold.reference(42, 1, 1))).isEqualTo("a531dd92ebe5e137");
        assertThat(LedgerFold.text(LedgerFold.reference(42, 4, 100))).isEqualTo("ae4f2becf607312b");
    }

    @Test
    void everyTaskSuperstepAndSeedCounts() {
        long hash = LedgerFold.reference(1, 4, 10);
        assertThat(LedgerFold.reference(2, 4, 10)).isNotEqualTo(hash);
        assertThat(LedgerFold.reference(1, 5, 10)).isNotEqualTo(hash);
        assertThat(LedgerFold.reference(1, 4, 11)).isNotEqualTo(hash);
    }

    @Test
    void orderOfFoldingCounts() {
        long own = LedgerFold.start(1, 0);
        assertThat(LedgerFold.fold(LedgerFold.fold(own, 1), 2))
                .isNotEqualTo(LedgerFold.fold(LedgerFold.fold(own, 2), 1));
    }

    @Test
    void fewTasksSendToThemselvesToo() {
        assertThat(LedgerFold.target(0, 0, 1)).isZero();
        assertThat(LedgerFold.target(1, 0, 2)).isZero();
        assertThat(LedgerFold.target(1, 1, 2)).isEqualTo(1);
        assertThat(LedgerFold.target(5, 2, 6)).isEqualTo(2);
    }
}
