package io.valiant.simulator;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.id.TaskId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.simulator.Books.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Links: a pair of grooms between which one master was told of lost links in two generations of a job is not used together
 * in that job, unless it cannot run without.
 */
final class LinkRules {
    private static final String LINKS = "links";

    private final World world;

    /** By job and pair, the generations in which links were lost. */
    private final TreeMap<JobId, TreeMap<String, TreeSet<Long>>> losses = new TreeMap<>();

    /** The same with those that a master may have counted or not, as where the job was rolled back in the same step. */
    private final TreeMap<JobId, TreeMap<String, TreeSet<Long>>> possibleLosses = new TreeMap<>();

    LinkRules(World world) {
        this.world = world;
    }

    /** A master has taken reports; {@code books} after it. Counts no loss where the job was rolled back in the same step. */
    void reported(MasterEvent.Report event, Books books) {
        GroomReportMessage message = event.message();
        for (GroomReport report : message.reports()) {
            if (report instanceof GroomReport.LinkLost lost) {
                MasterRecord.Job job = books.job(lost.attempt().job());
                MasterRecord.Attempt one = books.attempt(lost.attempt());
                boolean counts = job != null
                        && one != null
                        && job.cause() == null
                        && !job.state().isEnded()
                        && one.groom().equals(message.groom())
                        && one.incarnation() == message.incarnation()
                        && lost.generation() == job.generation()
                        && isIn(job.generation(), one)
                        && one.result() == null;
                if (one != null) {
                    countPossible(one, lost, books);
                }
                MasterRecord.Attempt other = counts ? current(job, lost.peer(), books) : null;
                if (other != null && !other.groom().equals(one.groom())) {
                    count(job, pair(one.groom(), other.groom()));
                }
            }
        }
    }

    private void countPossible(MasterRecord.Attempt one, GroomReport.LinkLost lost, Books books) {
        JobId job = one.id().job();
        for (MasterRecord.Attempt other : books.attempts(new TaskId(job, lost.peer()))) {
            if (!other.groom().equals(one.groom())) {
                generations(possibleLosses, job, pair(one.groom(), other.groom()))
                        .add(lost.generation());
            }
        }
    }

    private static TreeSet<Long> generations(
            TreeMap<JobId, TreeMap<String, TreeSet<Long>>> of, JobId job, String pair) {
        return of.computeIfAbsent(job, key -> new TreeMap<>()).computeIfAbsent(pair, key -> new TreeSet<>());
    }

    private void count(MasterRecord.Job job, String pair) {
        TreeSet<Long> generations = generations(losses, job.id(), pair);
        if (generations.add(job.generation())) {
            world.oracle().count(generations.size() == 2 ? "parted_pairs" : "lost_links");
        }
    }

    private static boolean isIn(long generation, MasterRecord.Attempt attempt) {
        return attempt.generation() == generation && !attempt.gone();
    }

    /** The attempt that a task has in the job's generation, or null. */
    private static MasterRecord.Attempt current(MasterRecord.Job job, int task, Books books) {
        MasterRecord.Attempt current = null;
        for (MasterRecord.Attempt attempt : books.attempts(new TaskId(job.id(), task))) {
            current = attempt.generation() == job.generation() ? attempt : current;
        }
        return current;
    }

    private static String pair(GroomId one, GroomId other) {
        return one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
    }

    /** Judges what one step has placed, or let go on in a new generation. */
    void judge(List<Change> changes, Books books, Supplier<TreeSet<GroomId>> usable) {
        TreeMap<JobId, TreeSet<AttemptId>> begun = new TreeMap<>();
        for (Change change : changes) {
            if (change.after() instanceof MasterRecord.Attempt attempt
                    && losses.containsKey(attempt.id().job())
                    && hasBegun((MasterRecord.Attempt) change.before(), attempt, books)) {
                begun.computeIfAbsent(attempt.id().job(), key -> new TreeSet<>())
                        .add(attempt.id());
            }
        }
        begun.forEach((job, attempts) -> judge(books.job(job), attempts, books, usable.get()));
    }

    private static boolean hasBegun(MasterRecord.Attempt before, MasterRecord.Attempt after, Books books) {
        long generation = books.job(after.id().job()).generation();
        return isIn(generation, after) && (before == null || before.generation() < generation);
    }

    private void judge(MasterRecord.Job job, TreeSet<AttemptId> begun, Books books, TreeSet<GroomId> usable) {
        TreeSet<GroomId> held = new TreeSet<>();
        TreeSet<GroomId> fresh = new TreeSet<>();
        int wanted = job.spec().tasks();
        for (MasterRecord.Attempt attempt : books.attempts(job.id())) {
            if (begun.contains(attempt.id())) {
                fresh.add(attempt.groom());
            } else if (attempt.generation() == job.generation()
                    && !attempt.state().isEnded()) {
                held.add(attempt.groom());
                wanted -= usable.contains(attempt.groom()) ? 0 : 1;
            }
        }
        fresh.removeAll(held);
        String together = together(losses, job.id(), fresh, held);
        if (together != null && canDoWithout(job.id(), held, usable, wanted)) {
            throw new Violation(
                    LINKS,
                    job.id() + " g" + job.generation() + " uses " + together + " together, between which it has lost"
                            + " links in generations " + losses.get(job.id()).get(together)
                            + ", and could do without");
        }
    }

    /** A pair that is not to be used together and is, once these come to those who hold tasks already; or null. */
    private static String together(
            TreeMap<JobId, TreeMap<String, TreeSet<Long>>> counted,
            JobId job,
            TreeSet<GroomId> fresh,
            TreeSet<GroomId> held) {
        TreeSet<GroomId> all = new TreeSet<>(fresh);
        all.addAll(held);
        for (GroomId one : fresh) {
            for (GroomId other : all) {
                TreeSet<Long> generations = counted.get(job).get(pair(one, other));
                if (generations != null && generations.size() > 1) {
                    return pair(one, other);
                }
            }
        }
        return null;
    }

    /**
     * Whether some usable grooms, with those that hold tasks already, have slots for all tasks and no such pair, nor one that a
     * master may take for such.
     */
    private boolean canDoWithout(JobId job, TreeSet<GroomId> held, TreeSet<GroomId> usable, int wanted) {
        List<GroomId> grooms = new ArrayList<>(usable);
        for (int choice = 0; choice < 1 << grooms.size(); choice++) {
            TreeSet<GroomId> chosen = new TreeSet<>(held);
            chosen.retainAll(usable);
            for (int i = 0; i < grooms.size(); i++) {
                if ((choice >> i & 1) == 1) {
                    chosen.add(grooms.get(i));
                }
            }
            int room = chosen.size() * world.plan().slots();
            chosen.removeAll(held);
            if (room >= wanted && together(possibleLosses, job, chosen, held) == null) {
                return true;
            }
        }
        return false;
    }
}
