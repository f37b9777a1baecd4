package io.valiant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.JobId;
import io.valiant.protocol.JobQuery;
import io.valiant.time.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollingWatchTest {
    private final FakeMaster master = new FakeMaster("/tmp");
    private final FakeTime time = new FakeTime();
    private final PollingWatch watch = new PollingWatch(master, time, time);

    private void job(String id, JobState state) {
        JobStatus status = FakeMaster.status(new JobId(id), state);
        for (int i = 0; i < master.jobs.size(); i++) {
            if (master.jobs.get(i).id().equals(id)) {
                master.jobs.set(i, status);
                return;
            }
        }
        master.jobs.add(status);
    }

    private List<String> next(Duration atMost) throws BspException {
        return watch.next(atMost).stream()
                .map(job -> job.id() + " " + job.state())
                .toList();
    }

    /** What has changed, a good while after it was last asked. */
    private List<String> later() throws BspException {
        time.pass(Duration.ofMinutes(1));
        return next(Duration.ZERO);
    }

    @Test
    void allJobsAreToldFirstThenThoseThatChange() throws Exception {
        job("a", JobState.RUNNING);
        job("b", JobState.PENDING);
        assertThat(later()).containsExactly("a RUNNING", "b PENDING");
        assertThat(later()).isEmpty();
        job("b", JobState.RUNNING);
        job("c", JobState.PENDING);
        assertThat(later()).containsExactly("b RUNNING", "c PENDING");
        job("b", JobState.SUCCEEDED);
        master.jobs.remove(0);
        assertThat(later()).containsExactly("b SUCCEEDED");
    }

    @Test
    void whoWaitsIsToldAtTheFirstChangeOrWhenTheTimeIsOver() throws Exception {
        job("a", JobState.RUNNING);
        assertThat(next(Duration.ofDays(1))).hasSize(1);
        assertThat(time.passed()).isZero();
        time.atPause(() -> {});
        time.atPause(() -> job("a", JobState.FAILED));
        assertThat(next(Duration.ofSeconds(Long.MAX_VALUE))).containsExactly("a FAILED");
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(next(Duration.ofMillis(2500))).isEmpty();
        assertThat(time.passed()).isEqualTo(Duration.ofMillis(4500));
    }

    @Test
    void theMasterIsAskedOnceASecondHoweverMuchChanges() throws Exception {
        job("a", JobState.PENDING);
        for (int i = 0; i < 10; i++) {
            assertThat(next(Duration.ofDays(1))).hasSize(1);
            assertThat(master.queries).hasSize(i + 1);
            assertThat(time.passed()).isEqualTo(Duration.ofSeconds(i));
            job("a", i % 2 == 0 ? JobState.RUNNING : JobState.PENDING);
        }
        assertThat(next(Duration.ofMillis(400))).isEmpty();
        assertThat(next(Duration.ofMillis(400))).isEmpty();
        assertThat(next(Duration.ZERO)).isEmpty();
        assertThat(master.queries).hasSize(10);
        assertThat(next(Duration.ofMillis(200))).hasSize(1);
        assertThat(master.queries).hasSize(11);
    }

    @Test
    void aCallThatFailsIsNotMadeAgainAtOnceEither() throws Exception {
        job("a", JobState.RUNNING);
        master.failures.set(1);
        assertThatThrownBy(() -> next(Duration.ZERO)).isInstanceOf(BspException.class);
        assertThat(next(Duration.ZERO)).isEmpty();
        assertThat(next(Duration.ofDays(1))).hasSize(1);
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCallThatFailsMissesNothing() throws Exception {
        master.pageSize = 1;
        job("a", JobState.RUNNING);
        job("b", JobState.RUNNING);
        assertThat(later()).hasSize(2);
        job("a", JobState.SUCCEEDED);
        job("b", JobState.SUCCEEDED);
        master.failures.set(1);
        assertThatThrownBy(() -> later()).isInstanceOf(BspException.class);
        assertThat(later()).containsExactly("a SUCCEEDED", "b SUCCEEDED");
    }

    @Test
    void pagesWhoseJobsHaveAllEndedAreNotAskedForAgain() throws Exception {
        master.pageSize = 2;
        for (int i = 0; i < 5; i++) {
            job("ended" + i, JobState.SUCCEEDED);
        }
        job("going", JobState.RUNNING);
        job("last", JobState.SUCCEEDED);
        assertThat(later()).hasSize(7);
        master.queries.clear();
        assertThat(later()).isEmpty();
        assertThat(master.queries).extracting(JobQuery::after).containsExactly("4", "6");
        job("going", JobState.KILLED);
        assertThat(later()).containsExactly("going KILLED");
        job("new", JobState.RUNNING);
        master.queries.clear();
        assertThat(later()).containsExactly("new RUNNING");
        assertThat(master.queries).extracting(JobQuery::after).containsExactly("6");
    }
}
