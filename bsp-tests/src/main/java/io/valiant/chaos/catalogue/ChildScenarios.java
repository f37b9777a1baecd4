package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.ProcessScan;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.util.List;

/** Blows at children from outside. */
final class ChildScenarios {
    private static final int LATEST_SUPERSTEP = 25;
    private static final long SHORT_FREEZE_MS = 1_500;

    private ChildScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("child.kill", "kill -9 of a child at a random moment")
                        .holds(
                                "SUCCEEDED with the hash, its attempt FAILED by SIGNAL SIGKILL and charged, one roll-back,"
                                        + " the second attempt on the same groom")
                        .limit(Hits.NEXT_ATTEMPT, 100, Hits.NEXT_ATTEMPT_MS)
                        .by(ChildScenarios::kill),
                scenario("child.freeze", "SIGSTOP of a child for longer than the ping time-out")
                        .holds(
                                "SUCCEEDED with the hash, its attempt FAILED by PING_TIMEOUT and charged, its process gone")
                        .limit(Hits.NEXT_ATTEMPT, 100, 1_200 + Hits.NEXT_ATTEMPT_MS)
                        .by(ChildScenarios::freeze),
                scenario("child.pause", "SIGSTOP of a child for less than the ping time-out, then SIGCONT")
                        .on(ClusterShape.quick().with("bsp.task.ping.timeout", "5s"))
                        .holds("SUCCEEDED with the hash, one attempt for each task, no roll-back, no error in any log")
                        .by(ChildScenarios::pause),
                scenario("child.kill-all", "kill -9 of every child at a time")
                        .holds("SUCCEEDED with the hash, 1 to 6 attempts charged, none of a task twice")
                        .by(ChildScenarios::killAll),
                scenario("child.kill-in-recovery", "kill -9 of a child, then of another while the job is rolled back")
                        .holds("SUCCEEDED with the hash, only the two charged, 1 to 3 roll-backs")
                        .by(ChildScenarios::killInRecovery),
                scenario("child.kill-twice", "kill -9 of a child, and of another's as soon as the next generation runs")
                        .holds("SUCCEEDED with the hash, both charged, 2 roll-backs")
                        .by(ChildScenarios::killTwice),
                scenario("child.kill-thrice", "kill -9 of each attempt of one task")
                        .holds("FAILED by SIGNAL after exactly 3 attempts of that task, the third on another groom")
                        .on(ClusterShape.quick().strict())
                        .by(ChildScenarios::killThrice));
    }

    static void kill(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine victim = trial.anyTask(ledger);
        long fromNs = Waits.nowNs();
        ProcessScan.kill(victim.pid());
        Hits.awaitNextAttempt(trial, ledger, victim, fromNs);
        JobFacts facts = trial.right(ledger, 1);
        trial.rollbacks(facts, 1, 1);
        String attempt = victim.attempt().toString();
        trial.ended(facts, attempt, "FAILED", "SIGNAL");
        String signal = facts.attempt(attempt).path("signal").asText();
        trial.expect(signal.equals("SIGKILL"), attempt + " was ended by '" + signal + "', not SIGKILL");
        List<JsonNode> attempts = facts.attempts(victim.task());
        trial.expect(
                attempts.size() == 2 && grooms(attempts).stream().distinct().count() == 1,
                "attempts of task " + victim.task() + " on " + grooms(attempts) + ", expected two on one groom");
    }

    static List<String> grooms(List<JsonNode> attempts) {
        return attempts.stream().map(attempt -> attempt.path("groom").asText()).toList();
    }

    private static void freeze(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine victim = trial.anyTask(ledger);
        long fromNs = Waits.nowNs();
        Hits.freeze(trial, List.of(victim.pid()));
        Hits.awaitNextAttempt(trial, ledger, victim, fromNs);
        JobFacts facts = trial.right(ledger, 1);
        trial.ended(facts, victim.attempt().toString(), "FAILED", "PING_TIMEOUT");
        trial.expect(!ProcessScan.isAlive(victim.pid()), "stopped child " + victim.pid() + " is still there");
    }

    private static void pause(Trial trial) throws IOException {
        int errors = errors(trial);
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        List<Long> victim = List.of(trial.anyTask(ledger).pid());
        Hits.freeze(trial, victim);
        trial.pause(SHORT_FREEZE_MS);
        Hits.thaw(victim);
        JobFacts facts = trial.right(ledger, 0);
        trial.rollbacks(facts, 0, 0);
        trial.expect(facts.attempts().size() == ledger.plan().tasks(), "more attempts than tasks");
        trial.expect(errors(trial) == errors, "a daemon's log tells of an error");
    }

    private static int errors(Trial trial) throws IOException {
        int errors = 0;
        for (String daemon : trial.cluster().daemons()) {
            errors += trial.cluster().log(daemon).split(" ERROR ", -1).length - 1;
        }
        return errors;
    }

    private static void killAll(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        long fromNs = Waits.nowNs();
        long generation = ledger.generation();
        for (LedgerLine victim : ledger.newest()) {
            if (ProcessScan.isAlive(victim.pid())) {
                ProcessScan.kill(victim.pid());
            }
        }
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        JobFacts facts = rightWithCharges(trial, ledger, 1, ledger.plan().tasks());
        for (int task = 0; task < ledger.plan().tasks(); task++) {
            long charged = charged(facts, task);
            trial.expect(charged <= 1, "task " + task + " is charged " + charged + " times");
        }
    }

    /** SUCCEEDED with the hash, and so many attempts charged. */
    static JobFacts rightWithCharges(Trial trial, LedgerRun ledger, int least, int most) throws IOException {
        ledger.wrong().forEach(text -> trial.expect(false, text));
        JobFacts facts = trial.facts(ledger);
        trial.expect(
                facts.charged() >= least && facts.charged() <= most,
                facts.charged() + " attempts charged, expected " + least + " to " + most);
        return facts;
    }

    private static long charged(JobFacts facts, int task) {
        return facts.attempts(task).stream()
                .filter(attempt -> attempt.path("charged").asBoolean())
                .count();
    }

    private static void killInRecovery(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine first = trial.anyTask(ledger);
        ProcessScan.kill(first.pid());
        Waits.pause(trial.random().nextInt(1_500));
        List<Long> children = ProcessScan.children(trial.cluster().folder()).stream()
                .filter(pid -> pid != first.pid())
                .toList();
        if (!children.isEmpty()) {
            long second = children.get(trial.random().nextInt(children.size()));
            ProcessHandle.of(second).ifPresent(ProcessHandle::destroyForcibly);
        }
        JobFacts facts = rightWithCharges(trial, ledger, 1, 2);
        trial.rollbacks(facts, 1, 3);
    }

    private static void killTwice(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), trial.random().nextInt(LATEST_SUPERSTEP));
        LedgerLine first = trial.anyTask(ledger);
        long generation = ledger.generation();
        long fromNs = Waits.nowNs();
        ProcessScan.kill(first.pid());
        Hits.awaitGeneration(trial, ledger, generation, fromNs);
        LedgerLine second = ledger.await(
                        Trial.LONG_MS, line -> line.generation() > generation && line.task() != first.task())
                .orElseThrow(() -> new IOException(ledger.id() + ": nobody else runs after " + first.attempt()));
        ProcessScan.kill(second.pid());
        JobFacts facts = trial.right(ledger, 2);
        trial.rollbacks(facts, 2, 2);
        trial.ended(facts, first.attempt().toString(), "FAILED", "SIGNAL");
        trial.ended(facts, second.attempt().toString(), "FAILED", "SIGNAL");
    }

    private static void killThrice(Trial trial) throws IOException {
        LedgerRun ledger = trial.ledgerAt(LedgerPlan.usual(), 2);
        int task = trial.random().nextInt(ledger.plan().tasks());
        for (int number = 1; number <= 3; number++) {
            int wanted = number;
            LedgerLine victim = ledger.await(
                            Trial.LONG_MS,
                            line -> line.task() == task && line.attempt().number() == wanted)
                    .orElseThrow(() -> new IOException("task " + task + " has no attempt " + wanted));
            ProcessScan.kill(victim.pid());
        }
        FaultScenarios.failedAfterThree(trial, ledger, task, "SIGNAL");
    }
}
