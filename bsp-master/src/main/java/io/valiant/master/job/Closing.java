package io.valiant.master.job;

import io.valiant.id.GroomId;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.GroomManager;
import io.valiant.protocol.Directive;
import java.util.TreeMap;

/**
 * What is owed after a job's end: temporary output, checkpoints and staged jars are removed, its grooms forget it. Done again by the next
 * leadership if it must.
 */
final class Closing {
    private final JobInProgress job;
    private final GroomManager grooms;

    // soft
    private boolean discardAsked;
    private boolean discarded;

    /** Where a ForgetJob was directed, with its incarnation and number. */
    private final TreeMap<GroomId, Told> told = new TreeMap<>();

    private record Told(long incarnation, long number) {}

    Closing(JobInProgress job, GroomManager grooms) {
        this.job = job;
        this.grooms = grooms;
    }

    void discarded() {
        discarded = true;
    }

    /**
     * Does what is owed and can be done now; whether nothing is owed any more. Nothing happens before all processes are gone;
     * a job that never started owes nothing but its jars.
     */
    boolean isDone(Turn turn) {
        if (!job.processes().isEmpty()) {
            return false;
        }
        if (job.generation() == 0
                && job.spec.jars().isEmpty()
                && job.spec.data().files().isEmpty()) {
            return true;
        }
        if (!discardAsked && job.checkpoints().isWriting()) {
            // it would make the folder again that is removed here
            return false;
        }
        if (!discardAsked) {
            discardAsked = true;
            turn.effect(new MasterEffect.DiscardTemporary(job.id, job.spec, job.generation() > 0));
        }
        return forgotten() && discarded;
    }

    private boolean forgotten() {
        boolean everywhere = true;
        for (TaskInProgress task : job.tasks()) {
            for (AttemptInProgress attempt : task.attempts()) {
                everywhere &= forgottenBy(attempt.groom, attempt.incarnation);
            }
        }
        return everywhere;
    }

    /** An incarnation that is over has taken everything with it. */
    private boolean forgottenBy(GroomId groom, long incarnation) {
        if (!grooms.isLive(groom, incarnation)) {
            return true;
        }
        Told last = told.get(groom);
        if (last == null || last.incarnation() != incarnation) {
            if (!grooms.isReachable(groom, incarnation)) {
                return false;
            }
            last = new Told(incarnation, grooms.direct(groom, new Directive.ForgetJob(job.id)));
            told.put(groom, last);
        }
        return grooms.hasApplied(groom, incarnation, last.number());
    }
}
