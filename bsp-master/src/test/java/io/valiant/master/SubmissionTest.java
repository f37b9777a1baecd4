package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.id.JobId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.JobSpec;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How a submission becomes a job, or not. */
class SubmissionTest {
    private final MasterHarness master = new MasterHarness();

    private long submit(JobSpec spec) {
        long call = master.call();
        master.send(new MasterEvent.Submit(call, spec));
        return call;
    }

    private MasterReply.Submitted answer(long call) {
        return (MasterReply.Submitted) master.reply(call);
    }

    private void checked(long call, JobSpec spec, String code) {
        master.send(new MasterEvent.OutputChecked(call, spec, code, code == null ? null : "in the way"));
    }

    @Test
    void aJobIsTakenOnceItsOutputHasBeenLookedAt() {
        master.workersWork = false;
        JobSpec spec = Specs.tasks(1);
        long call = submit(spec);
        assertThat(master.effects(MasterEffect.CheckOutput.class))
                .containsExactly(new MasterEffect.CheckOutput(call, spec));
        assertThat(master.isAnswered(call)).isFalse();
        assertThat(master.core.snapshot().jobs()).isEmpty();
        checked(call, spec, null);
        assertThat(master.status(answer(call).job())).isNotNull();
    }

    @Test
    void anOutputThatIsInTheWayIsToldAndNothingIsLeft() {
        master.workersWork = false;
        JobSpec spec = Specs.withId("mine", "key");
        long call = submit(spec);
        checked(call, spec, "OutputExists");
        assertThat(master.rejected()).isEqualTo("OutputExists");
        assertThat(master.core.snapshot().jobs()).isEmpty();
        // neither id nor key is used
        long second = submit(spec);
        checked(second, spec, null);
        assertThat(answer(second)).isEqualTo(new MasterReply.Submitted(new JobId("mine"), false));
    }

    @Test
    void whoHasNoOutputNeedNotWait() {
        master.workersWork = false;
        assertThat(answer(submit(Specs.withoutOutput(1))).existed()).isFalse();
    }

    @Test
    void aSubmissionSaidTwiceWhileItsOutputIsLookedAtIsOneJob() {
        master.workersWork = false;
        JobSpec spec = Specs.withId("mine", "key");
        long first = submit(spec);
        long second = submit(spec);
        checked(second, spec, null);
        checked(first, spec, "OutputExists");
        assertThat(answer(first).job()).isEqualTo(answer(second).job());
        assertThat(master.core.snapshot().jobs()).hasSize(1);
    }

    @Test
    void anIdThatIsTakenMeanwhileIsNotGivenAgain() {
        master.workersWork = false;
        JobSpec spec = Specs.withId("mine", "one");
        JobSpec other = Specs.withId("mine", "two");
        long first = submit(spec);
        long second = submit(other);
        checked(second, other, null);
        checked(first, spec, null);
        assertThat(master.effects(MasterEffect.Reject.class))
                .extracting(MasterEffect.Reject::code)
                .containsExactly("JobExists");
    }

    @Test
    void theOutputOfAJobThatIsThereAlreadyIsItsOwn() {
        JobSpec spec = Specs.withId("mine", "key");
        submit(spec);
        master.workersWork = false;
        assertThat(answer(submit(spec)).existed()).isTrue();
    }

    @Test
    void filesOfASubmissionThatIsSaidAgainAreNoNeedlessCopies() {
        JobSpec spec = Specs.withId("mine", "key").withStaged(List.of("/s/staging/a/0-b.jar"), new TreeMap<>());
        assertThat(answer(submit(spec)).existed()).isFalse();
        assertThat(answer(submit(spec)).existed()).isFalse();
        JobSpec copied = spec.withStaged(List.of("/s/staging/c/0-b.jar"), new TreeMap<>());
        assertThat(answer(submit(copied)).existed()).isTrue();
    }
}
