package io.valiant.benchmark;

import io.valiant.bsp.JobInput;
import io.valiant.examples.bench.WritablePageRank;
import io.valiant.exchange.DataEndpoint;
import io.valiant.exchange.ExchangeConfig;
import io.valiant.exchange.LinkExchange;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ClusteringCoefficient;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.LabelPropagation;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.engine.GraphProgramFactory;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.io.FileStores;
import io.valiant.io.SplitPlanner;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.time.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the time of loading a graph and of writing results goes, and how much memory each task takes: one JVM a task over
 * loopback TCP, with nothing of a cluster around. Prints one line of JSON a task and repeat, see {@link LoadTask}. Usage:
 * {@code LoadBench [key=value ...] INPUT=PATH ... [-JVMOPTION ...]} with inputs {@code vertices}, {@code edges},
 * {@code adjacency}, {@code binary}; keys {@code tasks} (2), {@code threads} (1), {@code repeats} (1), {@code program} (a class, or
 * {@code pagerank}, which it is unless told, {@code general}, {@code named}, {@code combined}: see {@link WritablePageRank};
 * {@code cdlp}, {@code lcc}, {@code bfs}, {@code wcc}, {@code sssp}), {@code source}, {@code iterations} (0; none for the last three), {@code memory} in MiB (1024), {@code classpath} (this one's),
 * {@code output} (a folder; none: dropped), {@code weighted}, {@code directed}, {@code live} ({@code true}: collects garbage all the time while the graph is loaded, and prints a
 * line more, of the bytes for each edge: on the heap when it is loaded, on the heap at most until then, and in buffers at most;
 * times then say nothing).
 */
public final class LoadBench {
    private static final Map<String, Class<?>> PROGRAMS = Map.of(
            "pagerank", PageRank.class,
            "general", WritablePageRank.Numbered.class,
            "named", WritablePageRank.Named.class,
            "combined", WritablePageRank.Combined.class,
            "cdlp", LabelPropagation.class,
            "lcc", ClusteringCoefficient.class,
            "bfs", BreadthFirstSearch.class,
            "wcc", ConnectedComponents.class,
            "sssp", ShortestPaths.class);

    /** They end by themselves. */
    private static final Set<String> ENDING = Set.of("bfs", "wcc", "sssp");

    private LoadBench() {}

    /** Starts the tasks of each repeat and prints what they tell. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("task")) {
            task(Integer.parseInt(args[1]), options(args));
            return;
        }
        int repeats = Integer.parseInt(options(args).getOrDefault("repeats", "1"));
        for (int i = 0; i < repeats; i++) {
            run(args);
        }
    }

    private static SortedMap<String, String> options(String[] args) {
        SortedMap<String, String> options = new TreeMap<>();
        for (String argument : args) {
            int equals = argument.indexOf('=');
            if (equals > 0 && !argument.startsWith("-")) {
                options.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        return options;
    }

    private static int tasks(SortedMap<String, String> options) {
        return Integer.parseInt(options.getOrDefault("tasks", "2"));
    }

    private static void run(String[] args) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            List<BufferedReader> outputs = new ArrayList<>();
            List<String> ports = new ArrayList<>();
            for (int i = 0; i < tasks(options(args)); i++) {
                Process process = fork(i, args);
                processes.add(process);
                outputs.add(
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
                ports.add(line(outputs.get(i), "[0-9]+"));
            }
            for (Process process : processes) {
                PrintStream input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
                input.println(String.join(" ", ports));
            }
            List<String> results = new ArrayList<>();
            for (BufferedReader output : outputs) {
                results.add(line(output, "[{].*"));
                System.out.println(results.get(results.size() - 1));
            }
            if (live(options(args))) {
                System.out.println(bytesPerEdge(results));
            }
            for (Process process : processes) {
                process.waitFor();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static boolean live(SortedMap<String, String> options) {
        return Boolean.parseBoolean(options.getOrDefault("live", "false"));
    }

    /** Of all tasks together; tasks but the first do not tell how many edges there are. */
    private static String bytesPerEdge(List<String> results) {
        return String.format(
                Locale.ROOT,
                "{\"loaded_bytes_per_edge\":%.1f,\"loading_bytes_per_edge\":%.1f,\"buffer_bytes_per_edge\":%.1f}",
                sum(results, "loaded_bytes") / sum(results, "edges"),
                sum(results, "loading_bytes") / sum(results, "edges"),
                sum(results, "buffer_bytes") / sum(results, "edges"));
    }

    private static double sum(List<String> results, String fact) {
        Pattern number = Pattern.compile("\"" + fact + "\":([0-9]+)");
        return results.stream()
                .map(number::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** The next line that looks like that; JVM options may make a task say more. */
    private static String line(BufferedReader from, String pattern) throws IOException {
        String line = from.readLine();
        while (line != null && !line.matches(pattern)) {
            line = from.readLine();
        }
        return line;
    }

    private static Process fork(int index, String[] args) throws IOException {
        SortedMap<String, String> options = options(args);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.add("-Xmx" + options.getOrDefault("memory", "1024") + "m");
        for (String argument : args) {
            if (argument.startsWith("-")) {
                command.add(argument.replace("%t", "" + index));
            }
        }
        command.add("-cp");
        command.add(options.getOrDefault("classpath", System.getProperty("java.class.path")));
        command.addAll(List.of(LoadBench.class.getName(), "task", "" + index));
        for (String argument : args) {
            if (!argument.startsWith("-")) {
                command.add(argument);
            }
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void task(int index, SortedMap<String, String> options) throws Exception {
        int tasks = tasks(options);
        TaskAssignment assignment = assignment(index, options);
        Path folder = Files.createTempDirectory("load");
        try (DataEndpoint endpoint = DataEndpoint.bind("127.0.0.1", 0)) {
            System.out.println(endpoint.port());
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String[] ports = input.readLine().split(" ", tasks);
            long messageBytes = (long) (0.3 * Runtime.getRuntime().maxMemory());
            ExchangeConfig config = ExchangeConfig.of(messageBytes, folder, tasks, SystemClock.INSTANCE);
            BarrierTimes times = new BarrierTimes(SystemClock.INSTANCE);
            try (LinkExchange exchange = endpoint.open(table(ports), index, config, times)) {
                exchange.connect();
                times.begin();
                LoadTask task = new LoadTask(assignment, exchange, times, options.get("output"));
                if (live(options)) {
                    task.watchMemory();
                }
                new GraphProgramFactory().create(program(options), task).run();
                System.out.println(task.result());
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static Class<?> program(SortedMap<String, String> options) throws ClassNotFoundException {
        String name = options.getOrDefault("program", "pagerank");
        return PROGRAMS.containsKey(name) ? PROGRAMS.get(name) : Class.forName(name);
    }

    private static TaskAssignment assignment(int index, SortedMap<String, String> options) throws Exception {
        List<JobInput> inputs = new ArrayList<>();
        for (String name :
                List.of(GraphSettings.VERTICES, GraphSettings.EDGES, GraphSettings.ADJACENCY, GraphSettings.BINARY)) {
            if (options.containsKey(name)) {
                inputs.add(new JobInput(name, options.get(name), JobInput.TEXT));
            }
        }
        SortedMap<String, String> settings = new TreeMap<>();
        if (!ENDING.contains(options.get("program")) || options.containsKey("iterations")) {
            settings.put(GraphSettings.ITERATIONS, options.getOrDefault("iterations", "0"));
        }
        if (options.containsKey("source")) {
            settings.put(GraphSettings.SOURCE, options.get("source"));
        }
        settings.put(GraphSettings.WEIGHTED, options.getOrDefault("weighted", "false"));
        settings.put(GraphSettings.DIRECTED, options.getOrDefault("directed", "true"));
        SortedMap<String, String> configuration = new TreeMap<>();
        configuration.put("bsp.task.threads", options.getOrDefault("threads", "1"));
        JobSpec spec = new JobSpec(
                "load",
                "bench",
                null,
                null,
                GraphSettings.JOB_TYPE,
                program(options).getName(),
                null,
                null,
                List.of(),
                tasks(options),
                inputs,
                null,
                false,
                settings,
                configuration,
                new TreeMap<>(),
                new TreeMap<>(),
                Runtime.getRuntime().maxMemory(),
                List.of(),
                0,
                null,
                1,
                0);
        List<JobInput> text = inputs.stream()
                .filter(input -> !input.name().equals(GraphSettings.BINARY))
                .toList();
        List<InputSplit> splits = new SplitPlanner(new FileStores(new TreeMap<>()))
                .plan(text, tasks(options))
                .get(index);
        return new TaskAssignment(new AttemptId(new JobId("load"), index, 1), 1, spec, splits);
    }

    private static PeerTable table(String[] ports) {
        JobId job = new JobId("load");
        List<PeerTable.PeerAddress> peers = new ArrayList<>();
        for (int i = 0; i < ports.length; i++) {
            AttemptId attempt = new AttemptId(job, i, 1);
            peers.add(new PeerTable.PeerAddress(attempt, "here", "127.0.0.1", Integer.parseInt(ports[i])));
        }
        return new PeerTable(job, 1, "0123456789abcdef0123456789abcdef", peers);
    }
}
