package io.valiant.chaos.catalogue;

import static io.valiant.chaos.scenario.Described.scenario;

import io.valiant.chaos.scenario.Scenario;
import java.util.List;

/** How long recovery takes, over many runs; here a figure over its bound is a violation. */
final class TimingScenarios {
    private static final int CHILDREN = 100;
    private static final int GROOMS = 50;
    private static final int MASTERS = 50;

    private TimingScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("timings.child", "kill -9 of a child at a random moment")
                        .holds("as child.kill; 99 of 100 times the next attempt runs within 2 s")
                        .runs(CHILDREN)
                        .limit(Hits.NEXT_ATTEMPT, 99, Hits.NEXT_ATTEMPT_MS)
                        .judgesTheTimes()
                        .by(ChildScenarios::kill),
                scenario("timings.groom", "kill -9 of a groom at a random moment")
                        .holds("as groom.kill; every time the job runs again within expiry + 5 s")
                        .runs(GROOMS)
                        .limit(Hits.RUNNING_AGAIN, 100, Hits.RUNNING_AGAIN_MS)
                        .judgesTheTimes()
                        .by(GroomScenarios::killOneOf),
                scenario("timings.master", "kill -9 of the master at a random moment, started again after 1 s")
                        .holds("as master.kill; every time a submit is accepted within 5 s of the start")
                        .runs(MASTERS)
                        .limit(MasterScenarios.SUBMIT_WORKS, 100, MasterScenarios.SUBMIT_WORKS_MS)
                        .judgesTheTimes()
                        .by(MasterScenarios::kill));
    }
}
