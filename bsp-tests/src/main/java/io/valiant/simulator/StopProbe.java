package io.valiant.simulator;

import io.valiant.concurrent.Output;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.master.MasterCore;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.simulator.engine.SimRandom;
import io.valiant.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks a master's core whether it knows the stop of a task: one that does not would leave the call without an answer. */
final class StopProbe {
    private StopProbe() {}

    static boolean isAnswered() {
        List<MasterEffect> effects = new ArrayList<>();
        Output<MasterRecord, MasterEffect> out = new Output<>() {
            @Override
            public void record(MasterRecord record) {}

            @Override
            public void effect(MasterEffect effect) {
                effects.add(effect);
            }
        };
        Clock still = new Clock() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Instant wallTime() {
                return Instant.EPOCH;
            }
        };
        MasterCore core = new MasterCore(List.of(), MasterConfig.defaults(), new SimRandom(1), still);
        core.handle(new MasterEvent.Started(), 0, out);
        core.handle(new MasterEvent.StopAttempt(1, new AttemptId(new JobId("none"), 0, 1), "nobody"), 0, out);
        return effects.stream().anyMatch(MasterEffect.Reject.class::isInstance);
    }
}
