package io.valiant.chaos.scenario;

import io.valiant.chaos.cluster.ClusterShape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Something that is done to a cluster, and what must hold then. */
public interface Scenario {
    /** {@code noun.what}. */
    String name();

    /** What is done to the cluster. */
    String does();

    /** What must hold: state, attempts, causes, hash, times, nothing left. */
    String holds();

    /** The cluster it wants. */
    ClusterShape cluster();

    /** How often it is run unless told otherwise. */
    int runs();

    /** Bounds on its figures, by the contract. */
    List<Limit> limits();

    /** Whether a figure over its limit is a violation, and not only told. */
    boolean judgesTimes();

    /** Why this machine cannot run it; empty if it can. May install what is missing. */
    Optional<String> obstacle() throws IOException;

    /** Does it once. What does not hold is told to the trial. */
    void run(Trial trial) throws IOException;
}
