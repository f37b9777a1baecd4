package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.io.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static <T extends Throwable> T at(T failure) {
        failure.addSuppressed(new CurrentRecord("numbers", 302208, 37777L));
        return failure;
    }

    @Test
    void whatAProgramThrowsAtARecordNamesFileOffsetAndLine() {
        Cause cause = Failures.of(at(new NumberFormatException("poison")), 0L);
        assertThat(cause.type()).isEqualTo(CauseType.USER_ERROR);
        assertThat(cause.message())
                .isEqualTo("java.lang.NumberFormatException: poison (current record: numbers:302208)");
        assertThat(cause.file()).isEqualTo("numbers");
        assertThat(cause.line()).isEqualTo(37777);
        assertThat(cause.exception()).contains("NumberFormatException");
    }

    @Test
    void whatIsNotTheProgramsFaultNamesNoRecord() {
        BspException link = new BspException(BspException.Kind.RETRIABLE, "peer 2 is lost");
        Cause cause = Failures.of(at(link), 3L);
        assertThat(cause.type()).isEqualTo(CauseType.PEER_FAILED);
        assertThat(cause.message()).isEqualTo("peer 2 is lost");
        assertThat(cause.file()).isNull();
    }

    @Test
    void aLineSaysWhatItWas() {
        assertThat(Failures.line(new ClosedByInterruptException()))
                .isEqualTo("java.nio.channels.ClosedByInterruptException");
        assertThat(Failures.line(new StorageException(null, new IOException("no space left"))))
                .endsWith("no space left");
        assertThat(Failures.line(new IOException("first\nsecond"))).isEqualTo("java.io.IOException: first");
    }
}
