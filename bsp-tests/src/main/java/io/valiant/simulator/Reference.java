package io.valiant.simulator;

import io.valiant.config.Keys;
import io.valiant.examples.LedgerFold;
import io.valiant.protocol.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The jobs of a simulation, and what they yield where nothing goes wrong: computed here, without a cluster. */
final class Reference {
    private static final String SUPERSTEPS = "ledger.supersteps";
    private static final String SEED = "ledger.seed";
    private static final String STEP_NS = "ledger.step.ns";
    private static final String PLAIN = "bsp";

    /** Of each child's heap. */
    static final long MEMORY_BYTES = 1L << 28;

    /** What a job wants that has options of its own: no spare has been started with them. */
    private static final List<String> OWN_OPTIONS = List.of("-Xss1m");

    private Reference() {}

    /** The job as a client submits it. */
    static JobSpec spec(Plan.JobPlan job, int checkpointInterval) {
        TreeMap<String, String> settings = new TreeMap<>(Map.of(
                SUPERSTEPS, Long.toString(job.supersteps()),
                SEED, Long.toString(job.number() + 1),
                STEP_NS, Long.toString(job.stepNs())));
        TreeMap<String, String> configuration = new TreeMap<>(Map.of(
                Keys.CHECKPOINT_INTERVAL.name(),
                Integer.toString(checkpointInterval),
                Keys.CHECKPOINT_PERIOD.name(),
                "off"));
        return new JobSpec(
                "ledger-" + job.number(),
                "somebody",
                job.named() ? "ledger-" + job.number() : null,
                job.number() % 2 == 0 ? null : "key-" + job.number(),
                job.plain() ? PLAIN : "superstep",
                "io.valiant.examples.Ledger",
                null,
                null,
                List.of(),
                job.tasks(),
                List.of(),
                "sim:/out/" + job.number(),
                false,
                settings,
                configuration,
                new TreeMap<>(),
                new TreeMap<>(),
                MEMORY_BYTES,
                job.ownOptions() ? OWN_OPTIONS : List.of(),
                job.priority(),
                null,
                3,
                job.maxRollbacks());
    }

    static long supersteps(JobSpec spec) {
        return Long.parseLong(spec.settings().get(SUPERSTEPS));
    }

    static long seed(JobSpec spec) {
        return Long.parseLong(spec.settings().get(SEED));
    }

    static long stepNs(JobSpec spec) {
        return Long.parseLong(spec.settings().get(STEP_NS));
    }

    /** Supersteps between checkpoints; 0 for none. */
    static int checkpointInterval(JobSpec spec) {
        return Integer.parseInt(spec.configuration().get(Keys.CHECKPOINT_INTERVAL.name()));
    }

    /** Whether the program has a loop of its own, so that its JVM is never kept and it saves when it wants to. */
    static boolean isPlain(JobSpec spec) {
        return spec.type().equals(PLAIN);
    }

    /** A task's hash after so many supersteps. */
    static long hash(JobSpec spec, int wanted, long computed) {
        int tasks = spec.tasks();
        long[] hashes = new long[tasks];
        for (int task = 0; task < tasks; task++) {
            hashes[task] = LedgerFold.start(seed(spec), task);
        }
        for (long superstep = 0; superstep < computed; superstep++) {
            long[] sent = hashes.clone();
            for (int task = 0; task < tasks; task++) {
                for (int sender = 0; superstep > 0 && sender < tasks; sender++) {
                    for (int k = 0; k < LedgerFold.TARGETS; k++) {
                        if (LedgerFold.target(sender, k, tasks) == task) {
                            hashes[task] = LedgerFold.fold(hashes[task], sent[sender]);
                        }
                    }
                }
                hashes[task] = LedgerFold.turn(hashes[task], superstep);
            }
        }
        return hashes[wanted];
    }

    /** A task's output part. */
    static byte[] part(JobSpec spec, int task) {
        return part(task, hash(spec, task, supersteps(spec)));
    }

    /** The part of a task with that last hash. */
    static byte[] part(int task, long hash) {
        return (task + "\t" + LedgerFold.text(hash) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The job's counters, by group and name. */
    static TreeMap<String, Long> counters(JobSpec spec) {
        TreeMap<String, Long> counters = new TreeMap<>();
        counters.put("ledger.steps", spec.tasks() * supersteps(spec));
        return counters;
    }
}
