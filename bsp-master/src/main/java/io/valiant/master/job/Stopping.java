package io.valiant.master.job;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import java.util.List;

/**
 * An operator's stop of a task. Wanted: the generation goes on until there is a newer checkpoint, or it is known that there
 * will be none. Then all attempts end, and the job waits with nothing until the task is resumed. Which task it is is stored
 * with the job; that the stop was carried out shows in that the generation has no attempts.
 */
final class Stopping {
    private final JobFacts facts;
    private final List<TaskInProgress> tasks;

    // soft
    private String user = "an operator";

    /** The generation whose peer 0 was asked for a checkpoint in this leadership. */
    private long askedGeneration;

    Stopping(JobFacts facts, List<TaskInProgress> tasks) {
        this.facts = facts;
        this.tasks = tasks;
    }

    void stop(int task, String byUser) {
        user = byUser;
        // a checkpoint that was asked for by an earlier wish, since taken back, is none of this one's
        askedGeneration = 0;
        facts.stop(task);
    }

    void resume() {
        facts.resume();
    }

    /** Whether attempts still run that are to be stopped at the next checkpoint. */
    boolean isWanted() {
        return facts.isActive()
                && facts.stopped() != null
                && tasks.get(facts.stopped()).in(facts.generation()) != null;
    }

    /** Whether peer 0 has still to be asked for a checkpoint. */
    boolean isCheckpointOwed() {
        return isWanted() && askedGeneration != facts.generation();
    }

    void checkpointAsked() {
        askedGeneration = facts.generation();
    }

    /** The attempts of the generation end for that reason; to be called before the next one begins. */
    void sentence() {
        Cause stopped = Cause.of(CauseType.STOPPED, "stopped by " + user);
        Cause other = Cause.of(CauseType.PREEMPTED, "task " + facts.stopped() + " was stopped by " + user);
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.in(facts.generation());
            if (attempt != null && !attempt.state().isEnded() && !attempt.isSentenced()) {
                Cause why = task.id.index() == facts.stopped() ? stopped : other;
                attempt.sentence(why.at(attempt.id.toString(), attempt.groom.value()), false);
            }
        }
    }

    /** Why the job waits, for people; null if it does not wait for this. */
    String reason() {
        if (!facts.isActive() || facts.stopped() == null || isWanted()) {
            return null;
        }
        return "task " + facts.stopped() + " was stopped by " + user + "; bsp task resume " + facts.id + " "
                + facts.stopped() + " lets the job go on";
    }
}
