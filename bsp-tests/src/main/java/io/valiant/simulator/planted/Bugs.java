package io.valiant.simulator.planted;

import java.util.List;
import java.util.Optional;

/** The table of bugs that the simulator must find. */
public final class Bugs {
    private static final List<Bug> ALL = all();

    private Bugs() {}

    /** All, in the order of the table. */
    public static List<Bug> table() {
        return ALL;
    }

    public static Optional<Bug> named(String name) {
        return ALL.stream().filter(bug -> bug.name().equals(name)).findFirst();
    }

    private static List<Bug> all() {
        java.util.ArrayList<Bug> bugs = new java.util.ArrayList<>();
        bugs.addAll(fences());
        bugs.addAll(accounts());
        bugs.addAll(durability());
        bugs.addAll(recovery());
        bugs.addAll(cluster());
        bugs.addAll(checkpoints());
        bugs.addAll(machines());
        return List.copyOf(bugs);
    }

    private static Bug bug(String name, String what, Change... changes) {
        return new Bug(name, what, List.of(changes));
    }

    private static Change change(String type, String method, Edit edit) {
        return new Change(type, method, edit);
    }

    /** A receiver that does not look at one of the numbers. */
    private static List<Bug> fences() {
        return List.of(
                bug(
                        "master-epoch",
                        "the master takes heartbeats and reports that were meant for its predecessor",
                        change("master.groom.GroomManager", "standing", Edit.equal("epoch"))),
                bug(
                        "master-incarnation",
                        "the master takes what an incarnation says that is over",
                        change("master.groom.GroomEntry", "isLive", Edit.equal("incarnation")),
                        change("master.job.JobManager", "report", Edit.equal("incarnation"))),
                bug(
                        "master-generation",
                        "a result of a generation that is over counts",
                        change("master.job.JobInProgress", "isCurrent", Edit.equal("generation"))),
                bug(
                        "master-attempt",
                        "a report is taken for the task's last attempt, whichever it is about",
                        change("master.job.TaskInProgress", "number", Edit.equal("number")),
                        change("master.job.JobManager", "report", new Edit.Answers("equals", true)),
                        change("master.job.JobManager", "report", Edit.equal("incarnation")),
                        change("master.job.JobManager", "report", Edit.equal("generation")),
                        change("master.job.Reports", "take", Edit.equal("generation"))),
                bug(
                        "groom-epoch",
                        "a groom obeys a master that is not the newest it knows",
                        change("groom.core.Standing", "isPast", new Edit.Returns(false))),
                bug(
                        "groom-directive-number",
                        "a groom applies directives again that it has applied",
                        change("groom.core.Instructor", "apply", new Edit.Compares("applied", List.of(Edit.LEFT, 1)))),
                bug(
                        "groom-incarnation",
                        "a groom obeys what was meant for its incarnation before",
                        change("groom.core.Instructor", "apply", Edit.equal("incarnation"))),
                bug(
                        "groom-generation",
                        "a groom takes what a child says of the generation before for news of the present one",
                        change("groom.core.Conversations", "finished", Edit.equal("generation")),
                        change("groom.core.Conversations", "linkLost", Edit.equal("generation")),
                        change(
                                "groom.core.Conversations",
                                "ofGeneration",
                                new Edit.Compares("generation", List.of(0, 0, 0)))),
                bug(
                        "report-token",
                        "a groom lets in whoever names a running attempt, whatever its token",
                        change("groom.core.Conversations", "refusal", new Edit.Answers("isEqual", true))),
                bug(
                        "peer-secret",
                        "a peer lets in whoever dials it, whatever its secret",
                        change("transport.Handshake", "differs", new Edit.Answers("isEqual", true))),
                bug(
                        "peer-attempt",
                        "a peer takes another attempt of the task for the one it expects",
                        change("transport.Handshake", "differs", Edit.equal("attempt"))),
                bug(
                        "peer-generation",
                        "a peer looks neither in a handshake nor in a frame at the generation",
                        change("transport.Handshake", "differs", Edit.equal("generation")),
                        change("transport.LinkSession", "onFrame", Edit.equal("generation"))),
                bug(
                        "frame-sequence",
                        "frames that were taken are sent again on a new connection, and taken again",
                        change("transport.LinkSession", "up", new Edit.Answers("acknowledge", true)),
                        change("transport.LinkSession", "onSequenced", new Edit.Compares("received", List.of(1, 0)))));
    }

    /** Charges, slots, queue, names. */
    private static List<Bug> accounts() {
        return List.of(
                bug(
                        "not-charged",
                        "an attempt that crashed does not count",
                        change("master.job.Verdict", "of", new Edit.Answers("isCharged", false))),
                bug(
                        "charged-twice",
                        "an attempt that crashed counts twice",
                        change(
                                "master.job.JobRecovery",
                                "react",
                                new Edit.Redirects("afterCharged", "afterChargedTwice"))),
                bug(
                        "fenced-charged",
                        "a child that leaves because it was refused is charged for it",
                        change("master.job.Verdict", "hasCode", new Edit.Returns(false)),
                        change("groom.core.TaskManager", "exited", new Edit.Redirects("of", "plainExit"))),
                bug(
                        "slot-at-kill",
                        "a slot is free when the kill is told, not when the process is gone",
                        change("master.job.Dispatch", "stop", new Edit.Redirects("direct", "directAndRelease"))),
                bug(
                        "queue-order",
                        "the queue begins with what matters least",
                        change(
                                "master.schedule.TaskScheduler",
                                "schedule",
                                new Edit.Redirects("sort", "sortBackwards"))),
                bug(
                        "no-key",
                        "a client that asks again submits a second job",
                        change(
                                "client.ClientCore",
                                "prepared",
                                new Edit.Redirects("withIdempotencyKey", "withoutKey"))),
                bug(
                        "number-again",
                        "the number of the next job is not stored",
                        change("master.job.JobBook", "takeNumber", new Edit.Keeps("dirty"))),
                bug(
                        "forgotten-early",
                        "a job is settled while its temporary files and its grooms' memory of it are there",
                        change("master.job.Closing", "isDone", new Edit.Returns(true))));
    }

    /** What is done before it is stored, or never stored. */
    private static List<Bug> durability() {
        return List.of(
                bug(
                        "effects-early",
                        "effects are let out before the records are stored",
                        change("simulator.SimMaster", "store", new Edit.CallsFirst("act"))),
                bug(
                        "commit-not-stored",
                        "output is moved into place before the COMMIT is stored",
                        change("master.job.JobFacts", "commit", new Edit.Keeps("dirty"))),
                bug(
                        "sentence-not-stored",
                        "that an attempt has to end, and why, is not stored",
                        change("master.job.AttemptInProgress", "sentence", new Edit.Keeps("dirty"))),
                bug(
                        "epoch-not-raised",
                        "a new master acts in the epoch of the one before",
                        change("master.job.JobBook", "raiseEpoch", new Edit.Keeps("epoch"))));
    }

    /** Roll-back, barrier, links, reports. */
    private static List<Bug> recovery() {
        return List.of(
                bug(
                        "recovery-thrown-away",
                        "launches of a recovery are decided and never told",
                        change("master.job.Dispatch", "launch", new Edit.Redirects("direct", "directFirstLaunches"))),
                bug(
                        "back-off-without-timer",
                        "a job that waits for its next try is not woken",
                        change("master.job.JobRecovery", "nextDeadlineNs", new Edit.Returns(Long.MAX_VALUE)),
                        change("master.job.JobRecovery", "tick", new Edit.Returns(null))),
                bug(
                        "old-results-kept",
                        "attempts of the generation before stand for those of the present one",
                        change("master.job.TaskInProgress", "in", Edit.equal("generation"))),
                bug(
                        "launch-not-idempotent",
                        "a launch that is told twice starts two processes",
                        change("groom.core.TaskManager", "launch", new Edit.Answers("containsKey", false)),
                        change("groom.core.TaskManager", "launch", new Edit.Answers("reportEndAgain", false))),
                bug(
                        "report-once",
                        "a report that was not answered is not sent again",
                        change("groom.core.Reports", "unanswered", new Edit.CallsInstead("taken"))),
                bug(
                        "count-not-compared",
                        "what came in a superstep is not compared with what was sent",
                        change("barrier.AllReduce", "mismatch", new Edit.Returns(null))),
                bug(
                        "barrier-incomplete",
                        "a barrier opens before all have arrived",
                        change("barrier.AllReduce", "isComplete", new Edit.Returns(true)),
                        change("barrier.AllReduce", "open", new Edit.Answers("isComplete", true))),
                bug(
                        "barrier-while-holding",
                        "a barrier opens though the groom holds",
                        change("task.ChildLife", "isHolding", new Edit.Returns(false))),
                bug(
                        "closes-while-holding",
                        "parts are closed though the groom holds",
                        change("task.ChildLife", "closeIfEnded", new Edit.Reads("holding", 0))),
                bug(
                        "link-not-rewound",
                        "after a broken connection frames that were under way are not sent again",
                        change("transport.RetainedFrames", "rewind", new Edit.Returns(null))),
                bug(
                        "pair-used-again",
                        "a pair of grooms between which a job has lost links again and again is used together",
                        change("master.job.LostLinks", "tooOften", new Edit.Returns(List.of()))),
                bug(
                        "news-once",
                        "a child tells its end once, whether or not its groom heard it",
                        change("task.ChildLife", "attached", new Edit.Answers("tellAgain", null))));
    }

    /** Leases, health. */
    private static List<Bug> cluster() {
        return List.of(
                bug(
                        "groom-never-lost",
                        "a groom that is not heard of is never declared LOST",
                        change("master.groom.GroomManager", "expire", new Edit.Returns(List.of()))),
                bug(
                        "wall-clock",
                        "leases run by the wall clock",
                        change("master.groom.GroomManager", "renew", new Edit.Redirects("nowNs", "wallNs"))),
                bug(
                        "no-grace-for-grooms",
                        "a new master does not give the grooms of its predecessor time to come back",
                        change("master.groom.GroomManager", "grantFullExpiry", new Edit.Returns(null))),
                bug(
                        "lost-before-serving",
                        "a new master takes grooms for lost that cannot reach it yet",
                        change("master.groom.GroomManager", "expire", new Edit.Answers("isServing", true)),
                        change("master.groom.GroomManager", "nextDeadlineNs", new Edit.Answers("isServing", true))),
                bug(
                        "launch-not-covered",
                        "a heartbeat that left before a launch came counts as the attempt's absence",
                        change("master.job.TableCheck", "absent", Edit.equal("launchNumber"))),
                bug(
                        "kill-not-told",
                        "the end of an attempt is decided and never told to its groom",
                        change("master.job.Dispatch", "stop", new Edit.Answers("direct", 0L))),
                bug(
                        "fenced-lives",
                        "a groom that was refused leaves its children alone",
                        change("groom.core.Registrator", "fenced", new Edit.Answers("killAll", null))),
                bug(
                        "orphan-lives",
                        "a groom that hears of no master for long leaves its children alone",
                        change("groom.core.Registrator", "tick", new Edit.Answers("killAll", null))),
                bug(
                        "fence-from-answer",
                        "a groom counts its fence from an answer, not from what was answered",
                        change("groom.core.Registrator", "answered", new Edit.Mistakes(0, 2))),
                bug(
                        "holds-late",
                        "a groom holds only when its master may declare it LOST",
                        change("groom.core.Registrator", "holdAtNs", new Edit.Redirects("selfFenceNs", "expiryNs"))),
                bug(
                        "drained-used",
                        "a groom that was drained gets tasks",
                        change("master.groom.GroomEntry", "state", new Edit.Answers("isDrained", false))),
                bug(
                        "unhealthy-used",
                        "a groom with a full disk, or one that is blacklisted, gets tasks",
                        change("master.groom.GroomManager", "isUsable", Edit.equal("state"))),
                bug(
                        "never-blacklisted",
                        "a groom on which several jobs fail goes on getting tasks",
                        change("master.groom.GroomManager", "failed", new Edit.Returns(null))),
                bug(
                        "last-one-blacklisted",
                        "the last groom that can take tasks is blacklisted too",
                        change("master.groom.GroomManager", "isAnotherUsable", new Edit.Returns(true))),
                bug(
                        "retention-ignored",
                        "jobs that have ended are kept for ever",
                        change("master.job.JobBook", "settle", new Edit.Compares("size", List.of(-1)))),
                bug(
                        "name-again",
                        "a new master gives the name of a forgotten job again",
                        change("master.job.JobBook", "load", new Edit.Answers("add", false))),
                bug(
                        "folders-stay",
                        "a groom keeps the files of jobs that have ended",
                        change("groom.core.TaskManager", "removeIfForgotten", new Edit.Returns(null))));
    }

    /** Spares, programs that compute too long, storage that is away. */
    private static List<Bug> machines() {
        return List.of(
                bug(
                        "spare-used-twice",
                        "a spare that serves an attempt is handed over again",
                        change("groom.core.Spares", "take", new Edit.Answers("remove", null))),
                bug(
                        "spare-unfitting",
                        "a spare serves a job that wants other options",
                        change("groom.core.Spares", "isFitting", new Edit.Returns(true))),
                bug(
                        "spare-on-bad-disk",
                        "spares are kept though their disk is full",
                        change("groom.core.GroomCore", "keepSpares", new Edit.Answers("endAll", null))),
                bug(
                        "waiter-blamed",
                        "who waits at a barrier is killed for making no progress",
                        change("groom.core.Child", "progressed", new Edit.Answers("inBarrier", false))),
                bug(
                        "straggler-lives",
                        "a program that computes for ever is left alone",
                        change("groom.core.Supervision", "progressed", new Edit.Answers("kill", null))),
                bug(
                        "storage-given-up",
                        "storage that is away for a moment is a failure at once",
                        change("io.RetryWindow", "nextPauseNs", new Edit.Returns(-1L))));
    }

    /** Checkpoints, restores, kept JVMs. */
    private static List<Bug> checkpoints() {
        return List.of(
                bug(
                        "late-manifest",
                        "a checkpoint of a generation that is over is pointed to",
                        change("master.job.Checkpointing", "written", Edit.equal("generation"))),
                bug(
                        "mixed-parts",
                        "parts of two generations make a checkpoint",
                        change("master.job.Checkpointing", "isNews", Edit.equal("gatheredGeneration"))),
                bug(
                        "oldest-restored",
                        "a roll-back picks the oldest checkpoint that is kept",
                        change("master.job.Checkpointing", "last", new Edit.Answers("size", 1))),
                bug(
                        "restore-not-stored",
                        "what a generation begins from is not stored with it",
                        change("master.job.JobFacts", "rollBack", new Edit.Keeps("restore"))),
                bug(
                        "pointer-not-stored",
                        "the row of a job's checkpoints is not stored",
                        change("master.job.Checkpointing", "takeDirty", new Edit.Returns(false))),
                bug(
                        "bad-checkpoint-kept",
                        "a checkpoint that could not be restored is tried again",
                        change("master.job.JobRecovery", "restoreFailed", new Edit.Answers("drop", null))),
                bug(
                        "report-generation",
                        "what an attempt said of the generation before its JVM was kept counts for the present one",
                        change("master.job.Reports", "take", Edit.equal("generation"))),
                bug(
                        "culprit-stays",
                        "an attempt that has to end keeps its JVM over the roll-back",
                        change("master.job.KeptAttempts", "couldStay", new Edit.Answers("isSentenced", false)),
                        change("master.job.KeptAttempts", "couldStay", new Edit.Reads("killDirected", 0))),
                bug(
                        "stuck-program",
                        "a program that does not end after a roll-back is waited for, for ever",
                        change("task.ChildLife", "rejoin", new Edit.Answers("abandonNs", 1L << 60))));
    }
}
