package io.valiant.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.simulator.Outcome.Fault;
import io.valiant.simulator.planted.Bugs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private final List<Fault> all = new ArrayList<>();

    ShrinkerTest() {
        for (int i = 1; i <= 40; i++) {
            all.add(new Fault(i % 3 == 0 ? "KILL" : "CUT", i, i, "victim " + i));
        }
    }

    @Test
    void leavesTheFaultsThatTogetherMakeTheSeedBad() {
        SeedRunner needsTwo =
                (seed, lines, only) -> outcome(seed, only.contains("KILL#9") && only.contains("CUT#31") ? "I4" : null);

        assertThat(shrink(needsTwo, true)).containsExactly("KILL#9", "CUT#31");
    }

    @Test
    void leavesNothingWhereNoFaultIsNeeded() {
        assertThat(shrink((seed, lines, only) -> outcome(seed, "I4"), true)).isEmpty();
    }

    @Test
    void doesNotTakeAnotherViolationForTheSame() {
        SeedRunner turns = (seed, lines, only) -> outcome(seed, only.contains("CUT#1") ? "I4" : "P1");

        assertThat(shrink(turns, true)).containsExactly("CUT#1");
    }

    @Test
    void keepsWhatItHasWhenThereIsNoTimeLeft() {
        SeedRunner needsOne = (seed, lines, only) -> outcome(seed, only.contains("CUT#1") ? "I4" : null);

        assertThat(shrink(needsOne, false)).hasSize(40);
    }

    @Test
    void aSeedOfWhichAllFaultsAreKeptRunsAsItDid() {
        Outcome listed = Simulation.run(5, 1);
        Set<String> keys = listed.faults().stream().map(Fault::key).collect(Collectors.toSet());

        assertThat(listed.faults()).isNotEmpty();
        assertThat(Simulation.run(5, 0, keys).traceHash())
                .isEqualTo(listed.traceHash())
                .isEqualTo(Simulation.run(5, 0).traceHash());
    }

    @Test
    void theFaultsOfAPlantedBugAreLeftOutAsAnyOther() {
        long seed = Planted.recordedSeeds().get("groom-epoch");
        SeedRunner runner = Planted.runner(Bugs.named("groom-epoch").orElseThrow());
        Outcome bad = runner.run(seed, 1, null);
        List<Fault> few = new Shrinker(runner, bad, () -> true).shrink(bad.faults());

        assertThat(few).isNotEmpty().hasSizeLessThan(bad.faults().size());
        Set<String> keys = few.stream().map(Fault::key).collect(Collectors.toSet());
        assertThat(runner.run(seed, 0, keys).violation().invariant())
                .isEqualTo(bad.violation().invariant());
    }

    private List<String> shrink(SeedRunner runner, boolean goesOn) {
        return new Shrinker(runner, outcome(7, "I4"), () -> goesOn)
                .shrink(all).stream().map(Fault::key).toList();
    }

    private static Outcome outcome(long seed, String invariant) {
        Violation violation = invariant == null ? null : new Violation(invariant, "broken");
        return new Outcome(seed, violation, 1, 1, 1, List.of(), List.of(), new TreeMap<>());
    }
}
