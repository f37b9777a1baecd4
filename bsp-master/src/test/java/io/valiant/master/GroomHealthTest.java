package io.valiant.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.bsp.JobStatus;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.protocol.Directive;
import org.junit.jupiter.api.Test;

/** Grooms that are there but no place for tasks. */
class GroomHealthTest {
    private static final long PERIOD_MS = 30_000;

    private final MasterHarness master = new MasterHarness(Configs.blacklisting(3, PERIOD_MS));

    private GroomStatus shown(FakeGroom groom) {
        return master.core.snapshot().groom(groom.id);
    }

    /** A job of one task on that groom that fails there once; it ends then. */
    private void failOn(FakeGroom groom) {
        JobId job = master.submit(Specs.withSelector(1, "name=" + groom.id));
        fail(job);
        master.cancel(job);
        groom.killAsTold();
    }

    private void fail(JobId job) {
        fail(job, 0);
    }

    private void fail(JobId job, int task) {
        master.groomOf(job, task).exit(master.attemptId(job, task), 1);
    }

    private FakeGroom named(String name, int slots) {
        FakeGroom groom = new FakeGroom(master, name, slots);
        groom.labels.put("name", name);
        master.grooms.put(groom.id, groom);
        groom.register();
        return groom;
    }

    @Test
    void tasksAreMovedFromAGroomThatBecomesUnhealthy() {
        FakeGroom sick = named("g1", 2);
        FakeGroom well = named("g2", 3);
        JobId job = master.submit(Specs.supersteps(3));
        master.attachAll(job);
        int there = sick.table.size();
        int moved = master.groomOf(job, 0) == sick ? 0 : 1;
        sick.unhealthy = "disk /d is full";
        sick.beat();
        assertThat(shown(sick).state()).isEqualTo(GroomState.UNHEALTHY);
        assertThat(shown(sick).reason()).isEqualTo("disk /d is full");
        assertThat(master.status(job).generation()).isEqualTo(2);
        assertThat(sick.directives.stream().filter(d -> d instanceof Directive.KillAttempt))
                .hasSize(there);
        sick.killAsTold();
        JobStatus.Attempt ended =
                master.status(job).task().get(moved).attempts().get(0);
        assertThat(ended.cause().type()).isEqualTo(CauseType.STORAGE);
        assertThat(ended.cause().message()).isEqualTo("groom g1 is unhealthy: disk /d is full");
        assertThat(ended.charged()).isFalse();
        assertThat(well.table).as("moved, and those that stayed").hasSize(3);
        master.attachAll(job);
        assertThat(master.state(job)).isEqualTo(JobState.RUNNING);
        sick.beat();
        assertThat(master.status(job).generation()).as("told once").isEqualTo(2);
        sick.unhealthy = null;
        sick.beat();
        assertThat(shown(sick).state()).isEqualTo(GroomState.ACTIVE);
        assertThat(shown(sick).reason()).isNull();
    }

    @Test
    void healthIsStored() {
        FakeGroom sick = named("g1", 2);
        sick.unhealthy = "disk /d is full";
        sick.beat();
        master.restart();
        assertThat(shown(sick).state()).isEqualTo(GroomState.UNHEALTHY);
        sick.unhealthy = null;
        sick.register();
        assertThat(shown(sick).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void resultOfAnUnhealthyGroomStands() {
        FakeGroom sick = named("g1", 2);
        JobId job = master.submit(Specs.tasks(2));
        master.attachAll(job);
        sick.finish(master.attemptId(job, 0));
        master.workersWork = false;
        sick.finish(master.attemptId(job, 1));
        sick.unhealthy = "disk /d is full";
        sick.beat();
        assertThat(master.status(job).generation()).isEqualTo(1);
    }

    @Test
    void failuresOfSeveralJobsBlacklistAGroomForAPeriod() {
        FakeGroom bad = named("g1", 1);
        FakeGroom good = named("g2", 1);
        failOn(bad);
        failOn(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
        failOn(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.BLACKLISTED);
        assertThat(shown(bad).reason()).startsWith("3 failures of 3 jobs");
        JobId job = master.submit(Specs.withSelector(1, "name=g1"));
        assertThat(master.state(job)).isEqualTo(JobState.PENDING);
        master.passBeating(PERIOD_MS - 1_000, bad, good);
        assertThat(bad.table).isEmpty();
        master.passBeating(1_000, bad, good);
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
        assertThat(bad.table).hasSize(1);
    }

    @Test
    void oneBadJobBlacklistsNobody() {
        FakeGroom one = named("g1", 1);
        FakeGroom two = named("g2", 1);
        for (int i = 0; i < 3; i++) {
            JobId job = master.submit(Specs.withSelector(1, "name=g1"));
            if (i == 0) {
                fail(job);
                fail(job);
                fail(job);
                assertThat(master.state(job)).isEqualTo(JobState.FAILED);
                assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
            }
            master.cancel(job);
            one.killAsTold();
        }
        assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
        assertThat(shown(two).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void failuresFarApartAreForgotten() {
        FakeGroom bad = named("g1", 1);
        FakeGroom good = named("g2", 1);
        failOn(bad);
        failOn(bad);
        master.passBeating(PERIOD_MS + 500, bad, good);
        failOn(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void lastGroomThatCanTakeTasksIsNotBlacklisted() {
        FakeGroom bad = named("g1", 1);
        FakeGroom worse = named("g2", 1);
        worse.unhealthy = "disk /d is full";
        worse.beat();
        for (int i = 0; i < 4; i++) {
            failOn(bad);
        }
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
        worse.unhealthy = null;
        worse.beat();
        failOn(bad);
        assertThat(shown(bad).state()).isEqualTo(GroomState.BLACKLISTED);
    }

    @Test
    void blacklistOutlivesAMasterAndEndsWithANewIncarnation() {
        FakeGroom bad = named("g1", 1);
        named("g2", 1);
        for (int i = 0; i < 3; i++) {
            failOn(bad);
        }
        master.restart();
        bad.register();
        assertThat(shown(bad).state()).isEqualTo(GroomState.BLACKLISTED);
        assertThat(shown(bad).reason()).startsWith("3 failures of 3 jobs");
        bad.processRestarts("t2");
        bad.register();
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void operatorsFailuresDoNotCount() {
        FakeGroom bad = named("g1", 1);
        named("g2", 1);
        for (int i = 0; i < 4; i++) {
            JobId job = master.submit(Specs.withSelector(1, "name=g1"));
            master.send(new MasterEvent.EndAttempt(master.call(), master.attemptId(job, 0), true, "ann"));
            bad.killAsTold();
            master.cancel(job);
            bad.killAsTold();
        }
        assertThat(shown(bad).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void runningTasksOfABlacklistedGroomGoOn() {
        FakeGroom bad = named("g1", 2);
        named("g2", 1);
        JobId running = master.submit(Specs.withSelector(1, "name=g1"));
        master.attachAll(running);
        for (int i = 0; i < 3; i++) {
            failOn(bad);
        }
        assertThat(shown(bad).state()).isEqualTo(GroomState.BLACKLISTED);
        assertThat(master.state(running)).isEqualTo(JobState.RUNNING);
        assertThat(master.status(running).generation()).isEqualTo(1);
    }

    @Test
    void aProgramThatFailsOnEveryGroomBlacklistsNone() {
        FakeGroom one = named("g1", 1);
        FakeGroom two = named("g2", 1);
        for (int i = 0; i < 3; i++) {
            JobId job = master.submit(Specs.tasks(2));
            fail(job, 0);
            fail(job, 1);
            master.cancel(job);
            one.killAsTold();
            two.killAsTold();
        }
        assertThat(shown(one).state()).isEqualTo(GroomState.ACTIVE);
        assertThat(shown(two).state()).isEqualTo(GroomState.ACTIVE);
    }

    @Test
    void aTaskThatItsGroomCannotStartIsNotChargedAndGoesElsewhere() {
        FakeGroom one = master.groom("g1", 2);
        FakeGroom two = master.groom("g2", 2);
        JobId job = master.submit(Specs.tasks(1));
        FakeGroom sick = master.groomOf(job, 0);
        sick.end(
                master.attemptId(job, 0),
                null,
                Cause.of(CauseType.STORAGE, "the child could not be started: no thread left"));
        assertThat(master.attempt(job, 0).id()).endsWith("_a2");
        assertThat(master.groomOf(job, 0)).isSameAs(sick == one ? two : one);
        assertThat(master.status(job).task().get(0).attempts().get(0).charged()).isFalse();
    }
}
