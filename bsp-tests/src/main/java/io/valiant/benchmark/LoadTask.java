package io.valiant.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.valiant.benchmark.machine.LiveMemory;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Counter;
import io.valiant.bsp.Settings;
import io.valiant.checkpoint.CheckpointInput;
import io.valiant.checkpoint.CheckpointState;
import io.valiant.exchange.Exchange;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.PartFile;
import io.valiant.io.PartWriter;
import io.valiant.io.TextLines;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.TaskAssignment;
import io.valiant.task.TaskContext;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One task of {@link LoadBench}. Its result: {@code workN} and {@code waitN}, milliseconds of superstep N before and in its
 * barrier, {@code cpuN}, the program's thread in both; {@code cpu_ms}, the whole process since its start, {@code jit_cpu_ms} its
 * compilers, {@code vm_cpu_ms} its collector; what the program told of itself; {@code gc_ms} and {@code gc}, collections; {@code heap_mb}, in use in the end with
 * garbage; {@code peak_mb}, of the process.
 */
final class LoadTask implements TaskContext {
    private final TaskAssignment assignment;
    private final Exchange exchange;
    private final BarrierTimes times;
    private final String folder;
    private final FileStores stores = new FileStores(new TreeMap<>());
    private final SortedMap<String, Long> facts = new TreeMap<>();
    private PartFile part;
    /** Null once loading has ended, and where nobody asks. */
    private LiveMemory memory;

    /** @param folder where output goes, null: it is dropped */
    LoadTask(TaskAssignment assignment, Exchange exchange, BarrierTimes times, String folder) {
        this.assignment = assignment;
        this.exchange = exchange;
        this.times = times;
        this.folder = folder;
    }

    /** Lets it tell how many bytes are in use when the graph is loaded, and how many were at most until then. */
    void watchMemory() {
        memory = LiveMemory.watching();
    }

    /** Everything as one object of JSON; the output is finished. */
    String result() throws BspException, IOException {
        if (part != null) {
            part.finish();
            times.span("closed");
        }
        StringBuilder json = new StringBuilder("{\"task\":" + exchange.index() + "," + times.spans());
        facts.forEach((name, value) -> json.append(",\"" + name + "\":" + value));
        long collections = 0;
        long collectingMs = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            collectingMs += collector.getCollectionTime();
        }
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == java.lang.management.MemoryType.HEAP) {
                heap += pool.getUsage().getUsed();
            }
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        json.append(",\"cpu_ms\":" + system.getProcessCpuTime() / 1_000_000);
        json.append(",\"jit_cpu_ms\":" + threadsMs("C[12] Compiler.*"));
        json.append(",\"vm_cpu_ms\":" + threadsMs("VM Thread"));
        json.append(",\"gc\":" + collections + ",\"gc_ms\":" + collectingMs + ",\"heap_mb\":" + (heap >> 20));
        return json.append(",\"peak_mb\":" + peakKib() / 1024 + "}").toString();
    }

    /** The processor's time of this JVM's own threads of some name. */
    private static long threadsMs(String names) throws IOException {
        long ns = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().matches(names)) {
                    ns += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
                }
            }
        }
        return ns / 1_000_000;
    }

    private static long peakKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    @Override
    public TaskAssignment assignment() {
        return assignment;
    }

    @Override
    public Settings settings() {
        return new Settings(assignment.spec().settings());
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public List<InputSplit> splits(String input) {
        return assignment.splits().stream()
                .filter(split -> split.input().equals(input))
                .toList();
    }

    @Override
    public LineReader openLines(InputSplit split) throws BspException {
        return TextLines.open(stores, split);
    }

    @Override
    public FileStores stores() {
        return stores;
    }

    @Override
    public Path file(String name) throws BspException {
        throw BspException.user("a measurement has no side file '%s'", name);
    }

    @Override
    public PartWriter output() throws BspException {
        if (folder != null) {
            part = PartFile.create(stores, folder, assignment.attempt(), 1, 0);
            return part;
        }
        return new Dropped();
    }

    /** Output that only counts. */
    private static final class Dropped implements PartWriter {
        private long bytes;

        @Override
        public void write(byte[] from, int start, int count) {
            bytes += count;
        }

        @Override
        public long segmentBytes() {
            return bytes;
        }
    }

    @Override
    public Counter counter(String group, String name) {
        return new Counter() {
            @Override
            public void add(long amount) {
                facts.merge(name, amount, Long::sum);
            }

            @Override
            public long value() {
                return facts.getOrDefault(name, 0L);
            }
        };
    }

    @Override
    public void fact(String name, long value) {
        facts.put(name, value);
    }

    @Override
    public void phase(String phase) {
        times.span(phase);
        if (phase.equals("computing")) {
            tellMemory();
        }
    }

    /** The graph is loaded. */
    private void tellMemory() {
        if (memory != null) {
            try {
                LiveMemory.Use use = memory.end();
                fact("loaded_bytes", use.endBytes());
                fact("loading_bytes", use.peakBytes());
                fact("buffer_bytes", use.bufferBytes());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            memory = null;
        }
    }

    @Override
    public CheckpointInput restored() {
        return null;
    }

    @Override
    public void checkpoint(CheckpointState state) throws BspException {
        throw BspException.user("a measurement takes no checkpoints");
    }

    @Override
    public void keep(String name, Object value) {
        // nothing follows that could ask for it; but a program of primitives keeps its graph before it makes anything
        // else
        tellMemory();
    }

    @Override
    public Object kept(String name) {
        return null;
    }

    @Override
    public String attempt() {
        return assignment.attempt().toString();
    }
}
