package io.valiant.benchmark;

import io.valiant.bsp.BspException;
import io.valiant.config.PeerTransport;
import io.valiant.exchange.BarrierGate;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.Exchange;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.LinkExchange;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.message.MessageReader;
import io.valiant.message.MessageWriter;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.PeerTable.PeerAddress;
import io.valiant.time.Clock;
import io.valiant.time.SystemClock;
import io.valiant.transport.LocalLinks;
import io.valiant.transport.PeerFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The parameters of the BSP cost model on this machine: {@code l}, an empty superstep; {@code g}, one 16-byte message sent
 * alone; and long arrays. Each task is a JVM of its own on this machine. Usage:
 * {@code BarrierBench [tasks] [repeats] [auto|tcp|unix|shm]}, TCP by default; more of them, separated by commas, are measured in
 * turn.
 */
public final class BarrierBench {
    private static final int WARM_UP = 60_000;
    private static final int SUPERSTEPS = 20_000;
    private static final int MESSAGES = 200_000;
    private static final int ARRAY = 1 << 20;
    private static final int ROUNDS = 40;

    private static final JobId JOB = new JobId("bench");

    private BarrierBench() {}

    /** Starts the tasks and prints what the first of them measures. */
    public static void main(String[] args) throws Exception {
        if (args.length == 5 && args[0].equals("task")) {
            task(Integer.parseInt(args[1]), Integer.parseInt(args[2]), PeerTransport.of(args[3]), Path.of(args[4]));
            return;
        }
        int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        String[] transports = args.length > 2 ? args[2].split(",", -1) : new String[] {PeerTransport.TCP.label()};
        for (int i = 0; i < repeats; i++) {
            for (String transport : transports) {
                System.out.println(measure(tasks, PeerTransport.of(transport)));
            }
        }
    }

    private static String measure(int tasks, PeerTransport transport) throws IOException, InterruptedException {
        Path folder = PeerFolder.ofUser().path();
        List<Process> processes = new ArrayList<>();
        try {
            List<BufferedReader> outputs = new ArrayList<>();
            List<String> ports = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                Process process = fork(i, tasks, transport, folder);
                processes.add(process);
                outputs.add(
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
                ports.add(outputs.get(i).readLine());
            }
            for (Process process : processes) {
                PrintStream input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
                input.println(String.join(" ", ports));
            }
            String result = outputs.get(0).readLine();
            for (Process process : processes) {
                process.waitFor();
            }
            return result;
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static Process fork(int index, int tasks, PeerTransport transport, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BarrierBench.class.getName(), "task", "" + index, "" + tasks));
        command.addAll(List.of(transport.label(), folder.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void task(int index, int tasks, PeerTransport transport, Path sockets) throws Exception {
        Clock clock = SystemClock.INSTANCE;
        LocalLinks links = new LocalLinks(transport, sockets, new AttemptId(JOB, index, 1));
        try (DataEndpoint endpoint = DataEndpoint.bind("127.0.0.1", 0, links, clock, BarrierBench::note)) {
            System.out.println(endpoint.port());
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String[] ports = input.readLine().split(" ", tasks);
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            ExchangeConfig config = ExchangeConfig.of(256L << 20, folder, tasks, clock);
            try (LinkExchange exchange = endpoint.open(table(ports), index, config, new Gate())) {
                exchange.connect();
                String result = new Measurement(exchange, clock, transport).run();
                if (index == 0) {
                    System.out.println(result);
                }
            }
        }
    }

    private static void note(String line) {
        System.err.println(line);
    }

    private static PeerTable table(String[] ports) {
        List<PeerAddress> peers = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            peers.add(new PeerAddress(new AttemptId(JOB, i, 1), "here", "127.0.0.1", Integer.parseInt(ports[i])));
        }
        return new PeerTable(JOB, 1, "0123456789abcdef0123456789abcdef", peers);
    }

    /** A gate that is always open. */
    private static final class Gate implements BarrierGate {
        @Override
        public boolean poll(long nowNs) {
            return true;
        }

        @Override
        public void arrived(long superstep) {}

        @Override
        public void opened(long superstep) {}

        @Override
        public void linkLost(int peer, long superstep, String detail) {
            System.err.println("link to " + peer + " lost in superstep " + superstep + ": " + detail);
        }
    }

    /** What one task does; all tasks do the same. */
    private static final class Measurement {
        private final Exchange exchange;
        private final Clock clock;
        private final PeerTransport transport;
        private final ByteBuffer nothing = ByteBuffer.allocate(0);
        private final int to;
        private final int from;
        private final long[] array = new long[ARRAY];
        private final long[] received = new long[ARRAY];

        Measurement(Exchange exchange, Clock clock, PeerTransport transport) {
            this.transport = transport;
            this.exchange = exchange;
            this.clock = clock;
            this.to = (exchange.index() + 1) % exchange.count();
            this.from = (exchange.index() + exchange.count() - 1) % exchange.count();
        }

        String run() throws BspException, IOException {
            empty(WARM_UP);
            long[] empty = empty(SUPERSTEPS);
            messages();
            long[] messages = messages();
            arrays();
            long[] arrays = arrays();
            exchange.sync(true, nothing);
            double bulkNs = median(arrays) / (double) ARRAY;
            return String.format(
                    Locale.ROOT,
                    "{\"tasks\":%d,\"transport\":\"%s\",\"l_us\":%.2f,\"l_p10_us\":%.2f,\"l_p90_us\":%.2f,"
                            + "\"g_ns\":%.2f,\"g_bulk_ns\":%.2f,\"bulk_gb_s\":%.3f,\"samples\":%d}",
                    exchange.count(),
                    transport.label(),
                    median(empty) / 1e3,
                    empty[empty.length / 10] / 1e3,
                    empty[empty.length * 9 / 10] / 1e3,
                    median(messages) / (double) MESSAGES,
                    2 * bulkNs,
                    Long.BYTES / bulkNs,
                    SUPERSTEPS);
        }

        private long[] empty(int count) throws BspException {
            long[] times = new long[count];
            long before = clock.nanoTime();
            for (int i = 0; i < count; i++) {
                exchange.sync(false, nothing);
                long now = clock.nanoTime();
                times[i] = now - before;
                before = now;
            }
            Arrays.sort(times);
            return times;
        }

        private long[] messages() throws BspException, IOException {
            long[] times = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long before = clock.nanoTime();
                MessageWriter writer = exchange.writer(to);
                for (int i = 0; i < MESSAGES; i++) {
                    writer.beginMessage();
                    writer.writeLong(i);
                    writer.writeLong(round);
                    writer.endMessage();
                }
                exchange.sync(false, nothing);
                MessageReader reader = exchange.reader(from);
                long sum = 0;
                while (reader.remaining() > 0) {
                    sum += reader.readLong();
                    sum += reader.readLong();
                }
                verify(sum == MESSAGES * (MESSAGES - 1L) / 2 + (long) MESSAGES * round);
                times[round] = clock.nanoTime() - before;
            }
            Arrays.sort(times);
            return times;
        }

        private long[] arrays() throws BspException, IOException {
            long[] times = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                array[ARRAY - 1] = round;
                long before = clock.nanoTime();
                exchange.writer(to).writeLongs(array, 0, ARRAY);
                exchange.sync(false, nothing);
                exchange.reader(from).readLongs(received, 0, ARRAY);
                verify(received[ARRAY - 1] == round);
                times[round] = clock.nanoTime() - before;
            }
            Arrays.sort(times);
            return times;
        }

        private static double median(long[] sorted) {
            return sorted[sorted.length / 2];
        }

        private static void verify(boolean right) {
            if (!right) {
                throw new IllegalStateException("wrong bytes were received");
            }
        }
    }
}
