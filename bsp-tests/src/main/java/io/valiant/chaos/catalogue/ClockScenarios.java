package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.ClusterShape;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.machine.Machine;
import io.valiant.chaos.machine.Waits;
import io.valiant.chaos.scenario.Scenario;
import io.valiant.chaos.scenario.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Wall clocks that jump while the monotonic ones go on, by libfaketime. */
final class ClockScenarios {
    private static final int AT_SUPERSTEP = 15;

    /** A process looks at its clock's file once a second: to do so at each call would slow it to a crawl. */
    private static final long SEEN_MS = 2_500;

    /** Each run takes the next; of two jumps the second comes when the first was seen. */
    private static final List<List<String>> JUMPS =
            List.of(List.of("+3600s"), List.of("-600s"), List.of("+3650d"), List.of("-3600s", "+3600s"));

    private static final String HOLDS =
            "SUCCEEDED with the hash, one attempt for each task, no roll-back, no groom LOST, no"
                    + " time in status before the one it follows";

    private ClockScenarios() {}

    static List<Scenario> all() {
        List<String> grooms = List.of("groom-1", "groom-2", "groom-3");
        List<String> everybody = new ArrayList<>(grooms);
        everybody.add(ClusterFixture.MASTER);
        return List.of(
                jumping("clock.master", "the master's clock", List.of(ClusterFixture.MASTER), false),
                jumping("clock.groom", "a groom's clock", List.of("groom-1"), false),
                jumping("clock.child", "every child's clock", List.of(), true),
                jumping("clock.everybody", "every clock", everybody, true));
    }

    private static Scenario jumping(String name, String whose, List<String> daemons, boolean children) {
        return scenario(name, whose + " jumps by an hour, -10 minutes, 10 years, an hour back and forth, a run each")
                .holds(HOLDS)
                .on(ClusterShape.quick().alone())
                .runs(JUMPS.size())
                .unless(Machine::clockObstacle)
                .by(trial -> jump(trial, daemons, children));
    }

    private static void jump(Trial trial, List<String> daemons, boolean children) throws IOException {
        ClusterFixture cluster = trial.cluster();
        Path clock = Files.writeString(trial.folder().resolve("clock"), "+0s\n");
        SortedMap<String, String> environment = environment(clock);
        for (String daemon : daemons) {
            cluster.stop(daemon);
            cluster.start(daemon, environment);
        }
        for (String groom : cluster.grooms()) {
            trial.awaitGroom(groom, "ACTIVE", Trial.LONG_MS);
        }
        JsonNode before = cluster.json("groom", "list");
        LedgerRun ledger = trial.ledgerAt(plan(children ? environment : new TreeMap<>()), AT_SUPERSTEP);
        for (String jump : JUMPS.get(trial.run() % JUMPS.size())) {
            Files.writeString(clock, jump + "\n");
            Waits.pause(SEEN_MS);
        }
        MasterScenarios.undisturbed(trial, ledger);
        inOrder(trial, trial.facts(ledger));
        JsonNode after = cluster.json("groom", "list");
        for (int groom = 0; groom < before.size(); groom++) {
            String then = state(before.get(groom));
            String now = state(after.get(groom));
            trial.expect(then.equals(now), then + " has become " + now);
        }
    }

    private static String state(JsonNode groom) {
        return groom.path("name").asText() + " " + groom.path("state").asText() + " incarnation "
                + groom.path("incarnation").asLong();
    }

    private static SortedMap<String, String> environment(Path clock) throws IOException {
        Path library = Machine.fakeTime().orElseThrow(() -> new IOException("libfaketime has gone"));
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
        environment.put("FAKETIME_CACHE_DURATION", "1");
        // Else libfaketime 0.9.10 takes deadlines of monotonic waits for wall clock times once that has jumped: all
        // timed
        // waits of a JVM end at once, and it spins.
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        environment.put("DONT_FAKE_MONOTONIC", "1");
        return environment;
    }

    private static LedgerPlan plan(SortedMap<String, String> environment) {
        LedgerPlan plan = LedgerPlan.usual().steps(50, 100);
        for (var variable : environment.entrySet()) {
            plan = plan.with("--env", variable.getKey() + "=" + variable.getValue());
        }
        return plan;
    }

    /** What came later was not earlier. */
    private static void inOrder(Trial trial, JobFacts facts) {
        inOrder(trial, facts.json(), "submitted_at", "started_at");
        inOrder(trial, facts.json(), "started_at", "finished_at");
        for (JsonNode attempt : facts.attempts()) {
            inOrder(trial, attempt, "started_at", "finished_at");
        }
    }

    private static void inOrder(Trial trial, JsonNode facts, String first, String second) {
        String one = facts.path(first).asText("");
        String two = facts.path(second).asText("");
        boolean known = !one.isEmpty() && !two.isEmpty();
        trial.expect(
                known && !Instant.parse(two).isBefore(Instant.parse(one)),
                facts.path("id").asText() + ": " + first + " " + one + ", " + second + " " + two);
    }
}
