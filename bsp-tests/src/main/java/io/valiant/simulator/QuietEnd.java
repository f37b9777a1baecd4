package io.valiant.simulator;

import io.valiant.bsp.GroomState;
import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobState;
import io.valiant.groom.core.GroomSnapshot;
import io.valiant.master.core.MasterRecord;

/** What must hold when all has ended: nothing is left, and what was promised is there. */
final class QuietEnd {
    private final World world;

    QuietEnd(World world) {
        this.world = world;
    }

    /** What has not ended yet, in one line, or null. */
    String whatIsLeft() {
        for (SimClient client : world.clients()) {
            if (!client.isOver()) {
                return client + " waits for " + (client.job() == null ? "its acknowledgement" : describe(client));
            }
        }
        if (!world.children().isEmpty()) {
            return world.children().get(0) + " lives in phase "
                    + world.children().get(0).core().phase();
        }
        for (SimGroom groom : world.grooms()) {
            GroomSnapshot snapshot = groom.core().snapshot();
            boolean idle = groom.isAlive()
                    && snapshot.registered()
                    && !snapshot.holding()
                    && snapshot.reportsWaiting() == 0
                    && snapshot.tasks().isEmpty()
                    && groom.childCount() == 0
                    && groom.connections().isEmpty();
            if (!idle) {
                return groom + (groom.isAlive() ? " is " + snapshot : " is dead");
            }
            String spares = SpareRules.whatIsLeft(
                    groom.host(), groom, world.plan().nodes().spares());
            if (spares != null) {
                return spares;
            }
        }
        SimMaster master = world.master();
        if (!master.isAlive() || !master.isAllStored()) {
            return "the master writes or is dead";
        }
        if (master.callsWaiting() > 0) {
            // a submission that was late on its way waits for a look at its output
            return master.callsWaiting() + " calls are unanswered";
        }
        for (SimGroom groom : world.grooms()) {
            GroomSnapshot snapshot = groom.core().snapshot();
            MasterRecord.Groom row = master.books().groom(snapshot.groom());
            if (row == null || row.state() == GroomState.LOST || row.incarnation() != snapshot.incarnation()) {
                return groom + " has not heard yet that the books have " + row;
            }
        }
        for (MasterRecord.Attempt attempt : master.books().attempts()) {
            if (!attempt.state().isEnded() || !attempt.gone()) {
                return attempt.id() + " is " + attempt.state() + " in the books";
            }
        }
        for (GroomStatus groom : master.core().snapshot().grooms()) {
            if (groom.slotsUsed() > 0) {
                return "the master counts " + groom.slotsUsed() + " slots of " + groom.name() + " as used";
            }
        }
        for (MasterRecord.Job job : master.books().jobs()) {
            if (!job.settled()) {
                return job.id() + " is not settled";
            }
        }
        return null;
    }

    private String describe(SimClient client) {
        MasterRecord.Job row = world.storedJob(client.job());
        return client.job() + ", "
                + (row == null ? "not stored" : row.state() + " g" + row.generation() + ", cause " + row.cause());
    }

    /** Judges the quiet. */
    void judge() {
        noLeak();
        Replay.judge(world, world.master());
        outputStays();
        filesAreGone();
    }

    /** I13: no file of a job on a groom, no job beyond retention is left; what is left in tables {@link #whatIsLeft} has told. */
    private void noLeak() {
        for (SimGroom groom : world.grooms()) {
            if (!groom.host().folders().isEmpty()) {
                throw new Violation(
                        "I13", groom + " keeps files of " + groom.host().folders() + " when all is over");
            }
        }
        SimMaster master = world.master();
        int jobs = master.books().jobs().size();
        if (jobs > world.plan().times().retainedJobs()) {
            throw new Violation(
                    "I13", jobs + " jobs are kept of " + world.plan().times().retainedJobs() + " when all is over");
        }
    }

    /** I13: nothing temporary of any job is left. */
    private void filesAreGone() {
        for (SimClient client : world.clients()) {
            if (client.job() != null) {
                world.oracle().nothingLeft(SimOutput.temporaryFolder(client.spec(), client.job()));
                world.oracle().nothingLeft(SimPart.ofJob(client.job()));
            }
        }
    }

    /** I7: nobody has touched the output since. */
    private void outputStays() {
        for (MasterRecord.Job job : world.master().books().jobs()) {
            if (job.state() == JobState.SUCCEEDED) {
                world.oracle().outputIsReference(job);
            }
        }
    }
}
