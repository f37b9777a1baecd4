package io.valiant.master.job;

import io.valiant.bsp.AttemptState;
import io.valiant.id.GroomId;
import io.valiant.master.groom.GroomManager;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JVMs that stay over a roll-back. From the roll-back until the missing tasks have a place their attempts are still of the
 * generation before; then they take the new one and are told to rejoin. All of it is soft: a new leadership that finds a
 * roll-back without places keeps nobody.
 */
final class KeptAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(KeptAttempts.class);

    /** Types of jobs whose loop the engine owns: only there can a program be begun anew in its JVM. */
    private static final Set<String> ENGINE_OWNED = new TreeSet<>(List.of("graph", "superstep"));

    private final JobFacts facts;
    private final List<TaskInProgress> tasks;
    private final GroomManager grooms;

    /** Attempts of the generation before may stay. */
    private boolean offered;

    /** Grooms on which nobody stays. */
    private SortedSet<GroomId> leftOut = Collections.emptySortedSet();

    KeptAttempts(JobFacts facts, List<TaskInProgress> tasks, GroomManager grooms) {
        this.facts = facts;
        this.tasks = tasks;
        this.grooms = grooms;
    }

    /** A generation has begun by a roll-back; {@code offer}: JVMs may stay. */
    void generationBegan(boolean offer) {
        offered = offer && ENGINE_OWNED.contains(facts.spec.type());
    }

    /** The grooms that the job does without: nobody stays there. */
    void leaveOut(SortedSet<GroomId> grooms) {
        leftOut = grooms;
    }

    SortedSet<GroomId> leftOut() {
        return leftOut;
    }

    /** Whether that attempt of the generation before stays. */
    boolean stays(AttemptInProgress attempt) {
        return couldStay(attempt) && !leftOut.contains(attempt.groom);
    }

    /** Whether that attempt of the generation before stays, unless its groom is left out. */
    boolean couldStay(AttemptInProgress attempt) {
        return offered
                && attempt.generation == facts.generation() - 1
                && attempt.state() == AttemptState.RUNNING
                && attempt.host() != null
                && !attempt.isGone()
                && !attempt.isSentenced()
                && !attempt.killDirected
                && grooms.isActive(attempt.groom, attempt.incarnation);
    }

    /** How many stay. */
    int count() {
        int count = 0;
        for (TaskInProgress task : tasks) {
            count += task.last() != null && stays(task.last()) ? 1 : 0;
        }
        return count;
    }

    /** The missing tasks have a place: those who stay take the new generation. */
    void rejoin() {
        for (TaskInProgress task : tasks) {
            AttemptInProgress attempt = task.last();
            if (attempt != null && stays(attempt)) {
                attempt.rejoin(facts);
                LOG.info("{} keeps its JVM", attempt);
            }
        }
        offered = false;
    }

    /** Nobody stays: the job waits with nothing. */
    void letGo() {
        offered = false;
    }

    /**
     * Whether another attempt can take that one's place in its generation, which ended without anybody's fault. So it is as long
     * as nobody can have been told where that peer is. What an earlier leadership told is not known, so an attempt that it kept
     * does not count as kept in this one.
     */
    boolean mayReplace(AttemptInProgress attempt, boolean published) {
        return attempt.isKept() && !published && facts.stopped() == null;
    }
}
