package io.valiant.master.groom;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import org.junit.jupiter.api.Test;

class DirectiveOutboxTest {
    private final DirectiveOutbox outbox = new DirectiveOutbox();

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            outbox.add(new Directive.ForgetJob(new JobId("job_c_" + i)));
        }
    }

    private int answer() {
        DirectiveBatch batch = outbox.answer(1, 1);
        assertThat(batch.directives().isEmpty() || outbox.hasApplied(batch.first() - 1))
                .isTrue();
        return batch.directives().size();
    }

    @Test
    void answersOfWhichNothingIsAppliedGetShorter() {
        add(6);
        assertThat(answer()).isEqualTo(6);
        for (int beat = 0; beat < 6; beat++) {
            answer();
        }
        assertThat(answer()).as("it may have been too long for the wire").isEqualTo(1);
        outbox.acknowledge(1);
        assertThat(answer()).as("what is left may be as long").isEqualTo(1);
        outbox.acknowledge(6);
        add(6);
        assertThat(answer()).isEqualTo(6);
    }

    @Test
    void pushesThatFailGetShorter() {
        add(200);
        assertThat(outbox.nextPush(1, 1).directives()).hasSize(128);
        outbox.pushed(null);
        assertThat(outbox.nextPush(1, 1)).as("the heartbeat repeats it").isNull();
        assertThat(answer()).isEqualTo(64);
        outbox.acknowledge(64);
        add(1);
        assertThat(outbox.nextPush(1, 1).directives()).hasSize(64);
        outbox.pushed(new DirectiveReply(true, 128));
        assertThat(outbox.nextPush(1, 1).directives()).hasSize(64);
    }

    @Test
    void pushThatIsRefusedWasNotTooLong() {
        add(100);
        outbox.nextPush(1, 1);
        outbox.pushed(new DirectiveReply(false, 0));
        assertThat(answer()).isEqualTo(100);
    }
}
