package io.valiant.simulator;

import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.id.AttemptId;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import java.util.TreeMap;

/** I4 for one groom process: who hears of no master for long ends its children. Counts apart from the core. */
final class LeaseRules {
    private final long orphanNs;
    private long registeredNs;
    private long beatNs;
    private long beatNumber;

    /** When the last call that was accepted was made, by the groom's clock. */
    private long acceptedNs = Long.MAX_VALUE;

    private final TreeMap<AttemptId, Long> launchedNs = new TreeMap<>();

    LeaseRules(Plan plan) {
        this.orphanNs = plan.times().groomOrphanNs();
    }

    void calls(GroomEffect effect, long nowNs) {
        if (effect instanceof GroomEffect.Register) {
            registeredNs = nowNs;
        } else if (effect instanceof GroomEffect.Beat beat) {
            beatNs = nowNs;
            beatNumber = beat.heartbeat().number();
        } else if (effect instanceof GroomEffect.Launch launch) {
            launchedNs.put(launch.assignment().attempt(), nowNs);
        }
    }

    void hears(GroomEvent event) {
        if (event instanceof GroomEvent.RegistrationAnswered answered
                && answered.reply() instanceof RegistrationReply.Accepted) {
            acceptedNs = registeredNs;
        } else if (event instanceof GroomEvent.HeartbeatAnswered answered
                && answered.reply() instanceof HeartbeatReply.Accepted
                && answered.number() == beatNumber) {
            acceptedNs = beatNs;
        }
    }

    /** After a step. */
    void judge(SimGroom groom, GroomSnapshot snapshot, long nowNs) {
        if (acceptedNs == Long.MAX_VALUE || nowNs - acceptedNs < orphanNs) {
            return;
        }
        for (GroomSnapshot.Child child : snapshot.tasks()) {
            if (!child.ending() && nowNs - launchedNs.get(child.attempt()) >= orphanNs) {
                throw new Violation(
                        "I4",
                        groom + " lets " + child.attempt() + " live though no master has accepted it for "
                                + (nowNs - acceptedNs) / 1_000_000 + " ms");
            }
        }
    }
}
