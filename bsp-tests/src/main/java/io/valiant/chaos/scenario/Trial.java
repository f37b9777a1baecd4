package io.valiant.chaos.scenario;

import io.valiant.chaos.cluster.ClusterFixture;
import io.valiant.chaos.cluster.JobFacts;
import io.valiant.chaos.cluster.LedgerLine;
import io.valiant.chaos.cluster.LedgerPlan;
import io.valiant.chaos.cluster.LedgerRun;
import io.valiant.chaos.cluster.Leftovers;
import io.valiant.chaos.machine.Waits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** One run of a scenario: its cluster, its chance, what was found wrong, what was measured. Used by one thread. */
public final class Trial implements AutoCloseable {
    /** Until anything that must happen at all has happened, on a slow machine too. */
    public static final long LONG_MS = 120_000;

    private static final long QUIET_MS = 15_000;

    private final ClusterFixture cluster;
    private final Path folder;
    private final String id;
    private final int run;
    private final Pace pace;
    private final SplittableRandom random;
    private final List<String> wrong = new ArrayList<>();
    private final SortedMap<String, Long> figures = new TreeMap<>();
    private final SortedMap<String, String> ends = new TreeMap<>();
    private final Deque<Undo> undo = new ConcurrentLinkedDeque<>();
    private final Deque<Undo> undoWhenGone = new ConcurrentLinkedDeque<>();
    private int jobs;

    /** Takes back something that was done to the machine or the cluster. */
    public interface Undo {
        void run() throws IOException;
    }

    /**
     * @param folder for the run's files; exists
     * @param id part of the names of its jobs, unlike that of any other run on the cluster
     * @param run its number, from 0
     */
    public Trial(ClusterFixture cluster, Path folder, String id, int run, Pace pace) {
        this.cluster = cluster;
        this.folder = folder;
        this.id = id;
        this.run = run;
        this.pace = pace;
        this.random = new SplittableRandom(id.hashCode() * 31L + run);
    }

    public ClusterFixture cluster() {
        return cluster;
    }

    public Path folder() {
        return folder;
    }

    public int run() {
        return run;
    }

    public Duration away() {
        return pace.away();
    }

    /** Lets a time pass that is meant to be longer or shorter than a time-out of the cluster. */
    public void pause(long ms) {
        Waits.pause(ms * pace.slower());
    }

    /** Waits until a time that is meant to be longer or shorter than a time-out has passed since then. */
    public void pauseSince(long fromNs, long ms) {
        Waits.pause(ms * pace.slower() - Waits.sinceMs(fromNs));
    }

    /** The same numbers in each run of that number. */
    public SplittableRandom random() {
        return random;
    }

    /** Tells what is wrong unless it holds; whether it holds. */
    public boolean expect(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
        return holds;
    }

    /** All that did not hold; with it how the attempts of the jobs that were looked at ended. */
    public List<String> wrong() {
        List<String> all = new ArrayList<>(wrong);
        if (!wrong.isEmpty()) {
            ends.forEach((job, text) -> all.add("attempts of " + job + ": " + text));
        }
        return all;
    }

    /** Notes something measured. */
    public void figure(String name, long value) {
        figures.put(name, value);
    }

    public SortedMap<String, Long> figures() {
        return new TreeMap<>(figures);
    }

    /** At the end of the run, the latest first, whatever happens. */
    public void atEnd(Undo back) {
        undo.push(back);
    }

    /** When the cluster is stopped, the latest first: what it needs to the last. Only where the cluster is not shared. */
    public void whenGone(Undo back) {
        undoWhenGone.push(back);
    }

    /** The cluster has been stopped. */
    public void gone() throws IOException {
        while (!undoWhenGone.isEmpty()) {
            undoWhenGone.pop().run();
        }
    }

    /** A job id that no other job has. */
    public String jobId() {
        return id + "-" + run + "-j" + jobs++;
    }

    /** Submits a ledger. */
    public LedgerRun ledger(LedgerPlan plan) throws IOException {
        return watched(LedgerRun.example(cluster, cluster.conf(), plan, jobId(), folder));
    }

    /** Whatever becomes of the run, the job's client does not stay. */
    public LedgerRun watched(LedgerRun ledger) {
        atEnd(() -> ledger.client().destroyForcibly());
        return ledger;
    }

    /** Submits a ledger and waits until every task has been in that superstep of generation 1. */
    public LedgerRun ledgerAt(LedgerPlan plan, long superstep) throws IOException {
        LedgerRun ledger = ledger(plan);
        for (int task = 0; task < plan.tasks(); task++) {
            int wanted = task;
            if (ledger.await(LONG_MS, line -> line.task() == wanted && line.superstep() >= superstep)
                    .isEmpty()) {
                throw new IOException(ledger.id() + ": task " + task + " did not reach superstep " + superstep
                        + (ledger.client().isAlive()
                                ? " within " + LONG_MS + " ms"
                                : ": " + ledger.end().told()));
            }
        }
        return ledger;
    }

    /** The newest line of a task drawn by chance. */
    public LedgerLine anyTask(LedgerRun ledger) throws IOException {
        List<LedgerLine> newest = ledger.newest();
        return newest.get(random.nextInt(newest.size()));
    }

    /** What is known of a job. */
    public JobFacts facts(LedgerRun ledger) throws IOException {
        return facts(ledger.id());
    }

    /** What is known of the job of that id. */
    public JobFacts facts(String job) throws IOException {
        JobFacts facts = new JobFacts(cluster.json("job", "status", job));
        ends.put(job, facts.ends());
        return facts;
    }

    /** The job ends SUCCEEDED with the hash of a run without faults, and so many attempts charged; what is known of it. */
    public JobFacts right(LedgerRun ledger, int charged) throws IOException {
        wrong.addAll(ledger.wrong());
        JobFacts facts = facts(ledger);
        expect(
                facts.charged() == charged,
                ledger.id() + ": " + facts.charged() + " attempts charged, promised " + charged + ": " + facts.ends());
        expect(facts.state().equals("SUCCEEDED"), ledger.id() + " is " + facts.state());
        return facts;
    }

    /** Number of roll-backs between two bounds. */
    public void rollbacks(JobFacts facts, int least, int most) {
        int found = facts.rollbacks();
        expect(
                found >= least && found <= most,
                found + " roll-backs, expected " + (least == most ? "" + least : least + " to " + most));
    }

    /** The attempt ended so: state and type of cause. */
    public void ended(JobFacts facts, String attempt, String state, String cause) {
        var found = facts.attempt(attempt);
        String got = found.path("state").asText("none") + " "
                + found.path("cause").path("type").asText("-");
        expect(got.equals(state + " " + cause), attempt + " is " + got + ", expected " + state + " " + cause);
    }

    /** The groom under whose folder a child works. */
    public String groomOf(long child) throws IOException {
        return cluster.groomOf(child);
    }

    /** Waits until a groom is in that state, by {@code groom list}; tells if it does not come. */
    public void awaitGroom(String name, String state, long limitMs) throws IOException {
        boolean seen = Waits.until(limitMs, () -> state.equals(groomState(name)));
        expect(
                seen,
                name + " is " + (seen ? state : groomState(name)) + ", not " + state + " after " + limitMs + " ms");
    }

    /** A groom's state; empty if no master answers. */
    public String groomState(String name) throws IOException {
        var outcome = cluster.bsp("groom", "status", name, "--json");
        return outcome.code() == 0 ? outcome.json().path("state").asText() : "";
    }

    /** Takes back what was done, as far as the cluster can live without it. */
    public void takeBack() throws IOException {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** Takes back what was done, and sees that the jobs left nothing. */
    @Override
    public void close() throws IOException {
        takeBack();
        List<List<String>> last = new ArrayList<>();
        boolean quiet = Waits.until(QUIET_MS, () -> {
            last.add(Leftovers.ofJobs(cluster));
            return last.get(last.size() - 1).isEmpty();
        });
        if (!quiet) {
            last.get(last.size() - 1).forEach(left -> wrong.add("left behind: " + left));
        }
    }
}
