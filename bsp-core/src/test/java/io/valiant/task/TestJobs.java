package io.valiant.task;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.JobInput;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.JobData;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Jobs for tests: what they do not name is empty. */
final class TestJobs {
    static final JobId JOB = new JobId("job_test_1");

    private final SortedMap<String, String> settings = new TreeMap<>();
    private String program = "none";
    private int tasks = 2;
    private String type = "bsp";
    private String output;
    private String outputFormat = JobInput.TEXT;
    private final List<JobInput> inputs = new ArrayList<>();
    private final SortedMap<String, Aggregate> aggregators = new TreeMap<>();
    private final SortedMap<String, String> configuration = new TreeMap<>();

    private TestJobs() {}

    static TestJobs of(Class<?> program) {
        TestJobs job = new TestJobs();
        job.program = program.getName();
        return job;
    }

    static JobSpec any() {
        return new TestJobs().spec();
    }

    static AttemptId attempt(int task) {
        return new AttemptId(JOB, task, 1);
    }

    static TaskAssignment assignment(int task, long generation, JobSpec spec) {
        return new TaskAssignment(attempt(task), generation, spec, List.of());
    }

    static PeerTable table(long generation, int tasks) {
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            peers.add(new PeerTable.PeerAddress(attempt(task), "groom-1", "127.0.0.1", 1000 + task));
        }
        return new PeerTable(JOB, generation, "secret", peers);
    }

    TestJobs tasks(int value) {
        tasks = value;
        return this;
    }

    TestJobs type(String value) {
        type = value;
        return this;
    }

    TestJobs input(String file) {
        inputs.add(new JobInput("input", file, JobInput.TEXT));
        return this;
    }

    TestJobs input(JobInput input) {
        inputs.add(input);
        return this;
    }

    TestJobs outputFormat(String words) {
        outputFormat = words;
        return this;
    }

    TestJobs output(String folder) {
        output = folder;
        return this;
    }

    TestJobs aggregator(String name, Aggregate kind) {
        aggregators.put(name, kind);
        return this;
    }

    TestJobs checkpointEvery(int supersteps) {
        configuration.put("bsp.checkpoint.interval", Integer.toString(supersteps));
        return this;
    }

    TestJobs set(String key, Object value) {
        settings.put(key, String.valueOf(value));
        return this;
    }

    JobSpec spec() {
        return new JobSpec(
                "test",
                "user",
                null,
                null,
                type,
                program,
                null,
                null,
                List.of(),
                tasks,
                inputs,
                output,
                false,
                settings,
                configuration,
                new TreeMap<>(),
                aggregators,
                1 << 20,
                List.of(),
                0,
                null,
                3,
                10,
                new JobData(outputFormat, new TreeMap<>()));
    }
}
