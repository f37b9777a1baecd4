package io.valiant.master.core;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.SuperstepStatus;
import io.valiant.protocol.SuperstepTotals;
import java.time.Instant;

/** What those who watch the cluster count, and read. Nothing follows from it. */
public sealed interface Observation {
    /** An attempt has ended. */
    record AttemptEnded(AttemptState how) implements Observation {}

    /** A job was rolled back. */
    record RolledBack(CauseType why) implements Observation {}

    /** All tasks have told of a superstep; {@code ended}: what it and those before it add up to that nobody told of. */
    record SuperstepEnded(SuperstepStatus step, SuperstepTotals ended) implements Observation {}

    /** A checkpoint is stored; {@code tookNs} since its first part was reported, -1 if to another master. */
    record CheckpointStored(long bytes, long tookNs) implements Observation {}

    /** Something happened that people want to read of. */
    record Happened(Instant at, String kind, String job, String groom, String message) implements Observation {}
}
