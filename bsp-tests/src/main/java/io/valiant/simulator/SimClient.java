package io.valiant.simulator;

import io.valiant.bsp.JobState;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.JobSpec;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;

/** A client: submits one job until it is acknowledged, waits for its end, cancels it if told to. */
final class SimClient extends SimProcess {
    private static final long PAUSE_NS = 100_000_000;

    private final World world;
    private final int number;
    private final JobSpec spec;
    private JobId job;
    private JobState end;
    private boolean forgotten;
    private boolean cancelWanted;

    SimClient(World world, SimHost host, long clockOriginNs, int number, JobSpec spec) {
        super(world.agenda(), host, "client-" + number, clockOriginNs);
        this.world = world;
        this.number = number;
        this.spec = spec;
    }

    int number() {
        return number;
    }

    /** The job it was told, or null. */
    JobId job() {
        return job;
    }

    /** How it was told that its job has ended, or null. */
    JobState end() {
        return end;
    }

    /** Nothing more is to be expected. */
    boolean isOver() {
        return end != null || forgotten;
    }

    void submit() {
        world.callMaster(this, (master, call) -> new MasterEvent.Submit(call, spec), (MasterReply.Submitted answer) -> {
            if (answer == null) {
                later(PAUSE_NS, "submit-again", this::submit);
                return;
            }
            job = answer.job();
            world.oracle().acknowledged(number, job);
            await();
            if (cancelWanted) {
                cancel();
            }
        });
    }

    private void await() {
        long waitNs = world.plan().times().callTimeoutNs() / 2;
        world.callMaster(
                this,
                (master, call) -> new MasterEvent.AwaitEnd(call, job, master.clockNs() + waitNs),
                (MasterReply.Ended answer) -> {
                    if (world.oracle().isForgotten(job)) {
                        forgotten = true;
                    } else if (answer == null || !answer.state().isEnded()) {
                        later(PAUSE_NS, "await-again", this::await);
                    } else {
                        end = answer.state();
                        world.oracle().endTold(job, end);
                    }
                });
    }

    void cancel() {
        if (job == null) {
            cancelWanted = true;
            return;
        }
        world.oracle().cancelAsked(job);
        world.callMaster(
                this, (master, call) -> new MasterEvent.Cancel(call, job, spec.user()), (MasterReply.Done answer) -> {
                    if (answer != null) {
                        world.oracle().cancelAcknowledged(job);
                    } else if (!isOver()) {
                        later(PAUSE_NS, "cancel-again", this::cancel);
                    }
                });
    }
}
