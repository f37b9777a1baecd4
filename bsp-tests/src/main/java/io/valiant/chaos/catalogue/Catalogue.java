package io.valiant.chaos.catalogue;

import io.valiant.chaos.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** All scenarios, in the order in which they are run. */
public final class Catalogue {
    private Catalogue() {}

    /** Every scenario. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(ChildScenarios.all());
        all.addAll(FaultScenarios.all());
        all.addAll(GroomScenarios.all());
        all.addAll(MasterScenarios.all());
        all.addAll(StoreScenarios.all());
        all.addAll(LinkScenarios.all());
        all.addAll(ProxyScenarios.all());
        all.addAll(DiskScenarios.all());
        all.addAll(CheckpointScenarios.all());
        all.addAll(MessageScenarios.all());
        all.addAll(GraphScenarios.all());
        all.addAll(HealthScenarios.all());
        all.addAll(SubmitScenarios.all());
        all.addAll(ClockScenarios.all());
        all.addAll(SeveralScenarios.all());
        all.addAll(TimingScenarios.all());
        return List.copyOf(all);
    }

    /**
     * Those wanted, in the catalogue's order.
     *
     * @param wanted names of scenarios, or of nouns for all that begin with them; none for all
     * @throws IllegalArgumentException for a name that is none
     */
    public static List<Scenario> of(List<String> wanted) {
        List<Scenario> all = all();
        for (String name : wanted) {
            if (all.stream().noneMatch(scenario -> isMeant(scenario, name))) {
                throw new IllegalArgumentException("no scenario is called '" + name + "'; --list shows all");
            }
        }
        return all.stream()
                .filter(scenario -> wanted.isEmpty() || wanted.stream().anyMatch(name -> isMeant(scenario, name)))
                .toList();
    }

    private static boolean isMeant(Scenario scenario, String name) {
        return scenario.name().equals(name) || scenario.name().startsWith(name + ".");
    }
}
