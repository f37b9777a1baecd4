package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.checkpoint.CheckpointFolders;
import io.valiant.checkpoint.Manifest;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.io.FileStores;
import io.valiant.io.SplitPlanner;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.CheckpointTimes;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.time.SystemClock;
import io.valiant.transport.MemoryNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The tasks of one job in this JVM, without groom and core: the test orders what a core would, and hears what comes of it. */
final class TaskRig implements AutoCloseable {
    private final JobSpec spec;
    private final Path folder;
    private final FileStores stores =
            new FileStores(new TreeMap<>(Map.of("fs.waiting.impl", WaitingFileSystem.class.getName())));
    private final List<Task> tasks = new ArrayList<>();
    private final List<DataEndpoint> endpoints = new ArrayList<>();

    TaskRig(JobSpec spec, Path folder) {
        this.spec = spec;
        this.folder = folder;
        MemoryNetwork network = new MemoryNetwork();
        for (int i = 0; i < spec.tasks(); i++) {
            endpoints.add(DataEndpoint.bind(network));
            tasks.add(new Task(endpoints.get(i)));
        }
    }

    /** Hears events; wants nothing. */
    private static final class Ear implements Core<ChildEvent, Void, ChildEffect> {
        private final LinkedBlockingQueue<ChildEvent> heard;

        private Ear(LinkedBlockingQueue<ChildEvent> heard) {
            this.heard = heard;
        }

        @Override
        public void handle(ChildEvent event, long nowNs, Output<Void, ChildEffect> out) {
            heard.add(event);
        }

        @Override
        public void tick(long nowNs, Output<Void, ChildEffect> out) {}

        @Override
        public long nextDeadlineNs() {
            return NO_DEADLINE;
        }
    }

    /** One task. */
    final class Task {
        final LinkedBlockingQueue<ChildEvent> heard = new LinkedBlockingQueue<>();
        final List<ChildEvent> before = new ArrayList<>();
        final EndpointLinks links;
        final TaskThread work;
        final Thread thread;

        private Task(DataEndpoint endpoint) {
            ExchangeConfig config =
                    ExchangeConfig.of(16 << 20, folder.resolve("spill"), spec.tasks(), SystemClock.INSTANCE);
            links = new EndpointLinks(endpoint, neighbours -> config);
            ChildDriver driver = new ChildDriver(
                    new Ear(heard), () -> true, () -> false, SystemClock.INSTANCE, effect -> {}, () -> null);
            ClassLoader loader = TaskRig.class.getClassLoader();
            work = new TaskThread(
                    driver,
                    links,
                    stores,
                    jars -> loader,
                    new SideFiles(stores, folder.resolve("files-" + tasks.size())),
                    times());
            thread = new Thread(new ThreadGroup("program"), work, "program " + tasks.size());
            thread.setDaemon(true);
            thread.start();
        }

        /** The next event of that type; what came before is put aside. */
        <E extends ChildEvent> E hear(Class<E> type) throws InterruptedException {
            while (true) {
                ChildEvent event = heard.poll(30, TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("no " + type.getSimpleName() + " within 30 s, but " + before);
                }
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
                before.add(event);
            }
        }
    }

    Task task(int index) {
        return tasks.get(index);
    }

    private CheckpointTimes times() {
        String supersteps = spec.configuration().getOrDefault("bsp.checkpoint.interval", "0");
        return new CheckpointTimes(Long.parseLong(supersteps), 0);
    }

    String checkpoints() {
        return CheckpointFolders.job(folder.resolve("system").toString(), TestJobs.JOB);
    }

    /** Begins a generation in all tasks. */
    void start(long generation, CheckpointRef restore) {
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            peers.add(new PeerTable.PeerAddress(
                    TestJobs.attempt(i),
                    "groom",
                    endpoints.get(i).host(),
                    endpoints.get(i).port()));
        }
        PeerTable table = new PeerTable(TestJobs.JOB, generation, "00112233445566778899aabbccddeeff", peers);
        for (int i = 0; i < tasks.size(); i++) {
            List<InputSplit> splits = new ArrayList<>();
            if (spec.inputs().size() > 1) {
                splits.addAll(planned(i));
            } else if (!spec.inputs().isEmpty()) {
                splits.add(new InputSplit("input", spec.inputs().get(0).path(), 0, -1));
            }
            TaskAssignment assignment =
                    new TaskAssignment(TestJobs.attempt(i), generation, spec, splits, checkpoints(), restore);
            task(i).work.order(new ChildEffect.Prepare(assignment));
            task(i).work.order(new ChildEffect.OpenLinks(table));
            task(i).work.order(new ChildEffect.StartProgram(assignment));
        }
    }

    private List<InputSplit> planned(int task) {
        try {
            return new SplitPlanner(stores).plan(spec.inputs(), spec.tasks()).get(task);
        } catch (BspException e) {
            throw new AssertionError(e);
        }
    }

    /** That checkpoint, when all tasks have reported it, with its manifest. */
    CheckpointRef checkpoint(long generation, long superstep) throws Exception {
        List<CheckpointPart> parts = new ArrayList<>();
        for (Task task : tasks) {
            ChildEvent.Checkpointed told = task.hear(ChildEvent.Checkpointed.class);
            while (told.superstep() != superstep) {
                told = task.hear(ChildEvent.Checkpointed.class);
            }
            assertThat(told.generation()).isEqualTo(generation);
            parts.add(told.part());
        }
        String of = CheckpointFolders.checkpoint(checkpoints(), generation, superstep);
        return Manifest.write(stores, of, TestJobs.JOB, generation, superstep, parts);
    }

    /** Ends a generation whose JVMs are kept. */
    void abandon(long generation) throws InterruptedException {
        for (Task task : tasks) {
            task.work.order(new ChildEffect.Abandon(generation));
        }
        for (Task task : tasks) {
            assertThat(task.hear(ChildEvent.Abandoned.class).generation()).isEqualTo(generation);
        }
    }

    /** Waits for the end of the programs; what they leave, by index. */
    List<ChildEvent.PartsClosed> finish() throws InterruptedException {
        List<ChildEvent.PartsClosed> results = new ArrayList<>();
        for (Task task : tasks) {
            ChildEvent unused = task.hear(ChildEvent.ProgramEnded.class);
            task.work.order(new ChildEffect.CloseParts());
            results.add(task.hear(ChildEvent.PartsClosed.class));
        }
        return results;
    }

    /** Waits for the threads: what they still write would come into a folder that is being removed. */
    @Override
    public void close() {
        for (Task task : tasks) {
            task.work.order(new ChildEffect.Exit(0, "end of test"));
            task.thread.interrupt();
            task.links.close();
        }
        try {
            for (Task task : tasks) {
                task.thread.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(task.thread.isAlive())
                        .as("%s lives 30 s after its end was ordered", task.thread.getName())
                        .isFalse();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while threads end", e);
        }
    }
}
