package io.valiant.local;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.task.PeerLinks;

/** What a test kit may change about a local job: how its peers meet, when they are saved, which of them is lost. */
public interface LocalHarness {
    /** Peers of a new generation are about to be made; those of the one before have ended. The job's thread. */
    void begins(long generation) throws BspException;

    /** The links of one task's peer, for one generation. The job's thread. */
    PeerLinks links(int task, ExchangeConfig exchange) throws BspException;

    /** When checkpoints are taken; {@link CheckpointTimes#NONE}: there are none. */
    CheckpointTimes checkpoints();

    /** That task's program has ended; only its parts are still to be closed. Any thread. */
    void ended(int task);

    /**
     * Whether a peer's failure is to be taken for the death of its process: then all peers begin anew, from the newest complete
     * checkpoint or with the first superstep. The job's thread.
     */
    boolean isDeath(int task, Cause cause);
}
