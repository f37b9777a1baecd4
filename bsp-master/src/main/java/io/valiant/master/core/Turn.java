package io.valiant.master.core;

import io.valiant.concurrent.Output;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.time.Clock;
import java.time.Instant;

/** One step of the core: when it happens, and where what it yields goes. Not kept beyond the step. */
public final class Turn {
    private final long nowNs;
    private final Clock clock;
    private final Output<MasterRecord, MasterEffect> out;
    private Instant wall;

    public Turn(long nowNs, Clock clock, Output<MasterRecord, MasterEffect> out) {
        this.nowNs = nowNs;
        this.clock = clock;
        this.out = out;
    }

    /** Monotonic time; decisions use only this. */
    public long nowNs() {
        return nowNs;
    }

    /** Wall time, for showing; the same throughout the step. */
    public Instant wall() {
        if (wall == null) {
            wall = clock.wallTime();
        }
        return wall;
    }

    public void store(MasterRecord row) {
        out.record(row);
    }

    public void effect(MasterEffect effect) {
        out.effect(effect);
    }

    /** Something is to be counted. */
    public void observe(Observation what) {
        out.effect(new MasterEffect.Observed(what));
    }

    /** Something happened to a job that people want to read of. */
    public void tell(String kind, JobId job, String message) {
        observe(new Observation.Happened(wall(), kind, job.value(), null, message));
    }

    /** The same of a groom. */
    public void tell(String kind, GroomId groom, String message) {
        observe(new Observation.Happened(wall(), kind, null, groom.value(), message));
    }

    public void reply(long call, MasterReply reply) {
        out.effect(new MasterEffect.Reply(call, reply));
    }

    public void reject(long call, String code, String message) {
        out.effect(new MasterEffect.Reject(call, code, message));
    }
}
