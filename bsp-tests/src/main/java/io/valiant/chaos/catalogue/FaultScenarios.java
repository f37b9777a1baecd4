package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.cluster.ProgramJar;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.program.FaultyLedger;
import io.valiant.chaos.program.FaultyLedger.Fault;
import io.valiant.chaos.program.PoisonReader;
import io.valiant.chaos.scenario.Described;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Children that go wrong by themselves: the noun is {@code child} here too. */
final class FaultScenarios {
    private static final int RECORDS_OF_A_TASK = 10_000;
    private static final int RECORD_BYTES = 8;
    private static final int POISON_TASKS = 4;

    private FaultScenarios() {}

    /** A way to go wrong, and what the attempt's cause must be. */
    private record Way(String name, Fault fault, String cause, String text, Integer exitCode) {}

    private static final List<Way> WAYS = List.of(
            new Way("exit-zero", Fault.EXIT_ZERO, "EXIT", "", 0),
            new Way("exit-one", Fault.EXIT_ONE, "EXIT", "", 1),
            new Way("exception", Fault.THROW, "USER_ERROR", FaultyLedger.TEXT, null),
            new Way("stack-overflow", Fault.OVERFLOW, "USER_ERROR", "StackOverflowError", null),
            new Way("out-of-memory", Fault.MEMORY, "OUT_OF_MEMORY", "", null));

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Way way : WAYS) {
            all.add(scenario("child." + way.name, "a program does " + way.fault + " in its first attempt")
                    .holds("SUCCEEDED with the hash, that attempt FAILED by " + way.cause
                            + " and charged, one roll-back")
                    .by(trial -> once(trial, way)));
            all.add(scenario("child." + way.name + "-always", "a program does " + way.fault + " in every attempt")
                    .holds("FAILED by " + way.cause + " after exactly 3 attempts, the third on another groom; a job"
                            + " beside it SUCCEEDED with its hash; no groom blacklisted")
                    .on(ClusterShape.quick().strict())
                    .by(trial -> always(trial, way)));
        }
        all.add(poison());
        return all;
    }

    private static LedgerRun faulty(Trial trial, Fault fault, int attempts) throws IOException {
        LedgerPlan plan = LedgerPlan.usual().steps(12, 50).tasks(4).with(settings(fault, attempts));
        return program(trial, plan);
    }

    /** Options for a fault of {@link FaultyLedger}. */
    static String[] settings(Fault fault, int attempts) {
        return new String[] {
            "-D",
            FaultyLedger.FAULT + "=" + fault.name(),
            "-D",
            FaultyLedger.ATTEMPTS + "=" + attempts,
            "--memory",
            "64m"
        };
    }

    /** Submits a {@link FaultyLedger}. */
    static LedgerRun program(Trial trial, LedgerPlan plan) throws IOException {
        Path jar = ProgramJar.of(FaultyLedger.class, trial.folder());
        return trial.watched(LedgerRun.program(
                trial.cluster(), plan, trial.jobId(), trial.folder(), jar, FaultyLedger.class.getName()));
    }

    private static void once(Trial trial, Way way) throws IOException {
        LedgerRun ledger = faulty(trial, way.fault, 1);
        JobFacts facts = trial.right(ledger, 1);
        trial.rollbacks(facts, 1, 1);
        judge(trial, facts, facts.attempt(ledger.id() + "_t1_a1"), way);
    }

    private static void judge(Trial trial, JobFacts facts, JsonNode attempt, Way way) {
        String id = attempt.path("id").asText();
        trial.ended(facts, id, "FAILED", way.cause);
        String cause = attempt.path("cause").toString();
        trial.expect(cause.contains(way.text), id + ": the cause does not tell of " + way.text + ": " + cause);
        if (way.exitCode != null) {
            JsonNode code = attempt.path("exit_code");
            trial.expect(code.asInt(-1) == way.exitCode, id + ": exit code " + code + ", not " + way.exitCode);
        }
    }

    private static void always(Trial trial, Way way) throws IOException {
        LedgerRun beside = trial.ledger(LedgerPlan.usual().tasks(3).steps(30, 100));
        LedgerRun ledger = faulty(trial, way.fault, 99);
        JobFacts facts = failedAfterThree(trial, ledger, 1, way.cause);
        for (JsonNode attempt : facts.attempts(1)) {
            judge(trial, facts, attempt, way);
        }
        trial.right(beside, 0);
    }

    /** The job is FAILED with that cause, after three charged attempts of that task and none of another. */
    static JobFacts failedAfterThree(Trial trial, LedgerRun ledger, int task, String cause) throws IOException {
        Outcome ended = ledger.end();
        trial.expect(ended.code() == 1, ledger.id() + ": expected exit 1, was " + ended.told());
        trial.expect(ledger.outputFiles().isEmpty(), ledger.id() + ": FAILED with output " + ledger.outputFiles());
        JobFacts facts = trial.facts(ledger);
        failedAfterThree(trial, facts, task, cause);
        return facts;
    }

    private static void failedAfterThree(Trial trial, JobFacts facts, int task, String cause) throws IOException {
        String got = facts.state() + " " + facts.causeType();
        trial.expect(got.equals("FAILED " + cause), "the job is " + got + ", expected FAILED " + cause);
        List<JsonNode> attempts = facts.attempts(task);
        List<String> grooms = ChildScenarios.grooms(attempts);
        trial.expect(
                attempts.size() == 3 && facts.charged() == 3,
                attempts.size() + " attempts of task " + task + ", " + facts.charged() + " charged, expected 3 and 3");
        trial.expect(
                grooms.size() == 3
                        && grooms.get(0).equals(grooms.get(1))
                        && !grooms.get(2).equals(grooms.get(0)),
                "attempts of task " + task + " on " + grooms
                        + ", expected the first two on one groom, the third elsewhere");
        for (JsonNode groom : trial.cluster().json("groom", "list")) {
            String state = groom.path("state").asText();
            trial.expect(state.equals("ACTIVE"), groom.path("name").asText() + " is " + state + " after one bad job");
        }
    }

    private static Described poison() {
        return scenario("child.poison-record", "input record 7,777 of task 3 cannot be borne; another job beside it")
                .holds(
                        "FAILED by USER_ERROR after exactly 3 attempts, the cause names file, offset and exception; the other"
                                + " job SUCCEEDED with its hash; no groom blacklisted")
                .on(ClusterShape.quick().strict())
                .by(trial -> {
                    LedgerRun beside = trial.ledger(LedgerPlan.usual().tasks(3));
                    poison(trial);
                    trial.right(beside, 0);
                });
    }

    private static void poison(Trial trial) throws IOException {
        Path input = trial.folder().resolve("numbers");
        StringBuilder records = new StringBuilder();
        for (int record = 0; record < POISON_TASKS * RECORDS_OF_A_TASK; record++) {
            records.append(1_000_000 + record).append('\n');
        }
        Files.writeString(input, records);
        long offset = (long) RECORD_BYTES * (PoisonReader.TASK * RECORDS_OF_A_TASK + PoisonReader.RECORD - 1);
        String id = trial.jobId();
        Outcome ended = trial.cluster()
                .bsp(
                        "job",
                        "submit",
                        "--jar",
                        ProgramJar.of(PoisonReader.class, trial.folder()).toString(),
                        "--class",
                        PoisonReader.class.getName(),
                        "--id",
                        id,
                        "--tasks",
                        "" + POISON_TASKS,
                        "--input",
                        input.toString(),
                        "--output",
                        trial.folder().resolve(id + ".out").toString());
        trial.expect(ended.code() == 1, id + ": expected exit 1, was " + ended.told());
        JobFacts facts = trial.facts(id);
        failedAfterThree(trial, facts, PoisonReader.TASK, "USER_ERROR");
        String cause = facts.json().path("cause").toString();
        for (String part : List.of(input.getFileName() + ":" + offset, "NumberFormatException")) {
            trial.expect(cause.contains(part), id + ": the cause does not name " + part + ": " + cause);
        }
    }
}
