package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.cluster.ProgramJar;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.program.FaultyLedger;
import io.valiant.chaos.program.FaultyLedger.Fault;
import io.valiant.chaos.program.GroomHater;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Grooms that are no good, tasks that are slow or stopped. */
final class HealthScenarios {
    private static final String GROOM = "groom-1";
    private static final ClusterShape STRICT =
            ClusterShape.quick().strict().of(2, 4).with("bsp.groom.blacklist.period", "20s");

    private HealthScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("health.blacklist", "two jobs fail on one groom; three failures blacklist it")
                        .holds(
                                "both SUCCEEDED elsewhere, the groom BLACKLISTED and given nothing, ACTIVE after the period")
                        .on(STRICT)
                        .by(HealthScenarios::blacklist),
                scenario("health.undrain", "two jobs fail on one groom; an operator undrains it")
                        .holds("BLACKLISTED, then ACTIVE at once")
                        .on(STRICT.with("bsp.groom.blacklist.period", "10m"))
                        .by(HealthScenarios::undrain),
                scenario("health.one-bad-job", "one job fails on each groom it meets, more often than blacklists")
                        .holds("FAILED, no groom blacklisted")
                        .on(STRICT)
                        .by(HealthScenarios::oneBadJob),
                scenario("health.last-groom", "two jobs fail on the only groom there is")
                        .holds("both FAILED after 3 attempts, the groom still ACTIVE")
                        .on(STRICT.of(1, 4))
                        .by(HealthScenarios::lastGroom),
                scenario(
                                "health.progress-timeout",
                                "a task computes for 60 s in a superstep; bsp.task.progress.timeout is 2 s")
                        .holds(
                                "SUCCEEDED with the hash, that attempt alone charged, by PING_TIMEOUT, nobody who waited")
                        .by(HealthScenarios::progress),
                scenario("health.straggler", "a task computes for 10 s in a superstep, the others wait")
                        .holds("status names it in waiting_for; SUCCEEDED with the hash, nobody charged, no roll-back")
                        .by(HealthScenarios::straggler),
                scenario("health.stop-resume", "task stop of an attempt, then task resume")
                        .holds(
                                "STOPPED, the job PENDING with a reason until resumed; SUCCEEDED with the hash, nobody charged")
                        .by(HealthScenarios::stopResume));
    }

    /** Runs a job of four tasks that cannot bear the groom. */
    private static Outcome hater(Trial trial, String groom) throws IOException {
        Path jar = ProgramJar.of(GroomHater.class, trial.folder());
        List<String> words = new ArrayList<>(List.of("job", "submit", "--jar", jar.toString(), "--tasks", "4"));
        words.addAll(List.of("--class", GroomHater.class.getName(), "-D", GroomHater.GROOM + "=" + groom));
        words.addAll(List.of("--output", trial.folder().resolve(trial.jobId()).toString(), "--json"));
        return trial.cluster().bsp(words.toArray(String[]::new));
    }

    private static void makeBlacklisted(Trial trial) throws IOException {
        for (int job = 0; job < 2; job++) {
            Outcome outcome = hater(trial, GROOM);
            trial.expect(outcome.code() == 0, "a job that could run elsewhere: " + outcome.told());
        }
        JsonNode groom = trial.cluster().groom(GROOM);
        String state = groom.path("state").asText();
        trial.expect(state.equals("BLACKLISTED"), GROOM + " is " + state + " after failures of two jobs");
        trial.expect(!groom.path("reason").asText("").isEmpty(), GROOM + " is " + state + " without a reason");
    }

    private static void blacklist(Trial trial) throws IOException {
        makeBlacklisted(trial);
        LedgerRun ledger = trial.ledger(LedgerPlan.usual().tasks(3).steps(5, 50));
        JobFacts facts = trial.right(ledger, 0);
        trial.expect(
                facts.attempts().stream()
                        .noneMatch(attempt -> attempt.path("groom").asText().equals(GROOM)),
                "a blacklisted groom was given a task");
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
    }

    private static void undrain(Trial trial) throws IOException {
        makeBlacklisted(trial);
        Outcome outcome = trial.cluster().bsp("groom", "undrain", GROOM);
        trial.expect(outcome.code() == 0, "groom undrain: " + outcome.told());
        trial.awaitGroom(GROOM, "ACTIVE", Trial.LONG_MS);
    }

    private static void oneBadJob(Trial trial) throws IOException {
        LedgerPlan plan = LedgerPlan.usual().steps(12, 50).tasks(4).with(FaultScenarios.settings(Fault.THROW, 99));
        LedgerRun ledger = FaultScenarios.program(trial, plan.with("-D", "bsp.task.max.attempts=6"));
        Outcome ended = ledger.end();
        trial.expect(ended.code() == 1, "a job that always fails: " + ended.told());
        for (String groom : trial.cluster().grooms()) {
            trial.awaitGroom(groom, "ACTIVE", 0);
        }
    }

    private static void lastGroom(Trial trial) throws IOException {
        for (int job = 0; job < 2; job++) {
            Outcome outcome = hater(trial, GROOM);
            trial.expect(outcome.code() == 1, "a job that can run nowhere: " + outcome.told());
        }
        trial.awaitGroom(GROOM, "ACTIVE", 0);
    }

    private static LedgerPlan spinning(long ms) {
        return LedgerPlan.usual()
                .steps(12, 50)
                .with(FaultScenarios.settings(Fault.SPIN, 1))
                .with("-D", FaultyLedger.MILLISECONDS + "=" + ms);
    }

    private static void progress(Trial trial) throws IOException {
        LedgerPlan plan = spinning(60_000).with("-D", "bsp.task.progress.timeout=2s");
        LedgerRun ledger = FaultScenarios.program(trial, plan);
        JobFacts facts = trial.right(ledger, 1);
        trial.ended(facts, ledger.id() + "_t1_a1", "FAILED", "PING_TIMEOUT");
    }

    private static void straggler(Trial trial) throws IOException {
        LedgerRun ledger = FaultScenarios.program(trial, spinning(10_000));
        ledger.await(Trial.LONG_MS, line -> line.superstep() == 3);
        trial.pause(2_000);
        JsonNode waitingFor = trial.facts(ledger).json().path("waiting_for");
        trial.expect(waitingFor.path("task").asInt(-1) == 1, "waiting_for is " + waitingFor + ", not task 1");
        MasterScenarios.undisturbed(trial, ledger);
    }

    private static void stopResume(Trial trial) throws IOException {
        ClusterFixture cluster = trial.cluster();
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual().steps(100, 100), 7);
        LedgerLine victim = trial.anyTask(ledger);
        String attempt = victim.attempt().toString();
        Outcome stopped = cluster.bsp("task", "stop", attempt);
        if (!trial.expect(stopped.code() == 0, "task stop: " + stopped.told())) {
            cluster.bsp("job", "cancel", ledger.id());
            ledger.end();
            return;
        }
        boolean waits =
                Waits.until(Trial.LONG_MS, () -> trial.facts(ledger).state().equals("PENDING"));
        JobFacts waiting = trial.facts(ledger);
        trial.expect(
                waits && !waiting.json().path("reason").asText("").isEmpty(),
                "after task stop the job is " + waiting.state() + ", reason "
                        + waiting.json().path("reason"));
        trial.ended(waiting, attempt, "STOPPED", "STOPPED");
        Outcome resumed = cluster.bsp("task", "resume", ledger.id(), "" + victim.task());
        trial.expect(resumed.code() == 0, "task resume: " + resumed.told());
        trial.right(ledger, 0);
    }
}
