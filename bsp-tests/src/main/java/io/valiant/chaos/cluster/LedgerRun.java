package io.valiant.chaos.cluster;

import io.valiant.bsp.BspException;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.chaos.machine.Waits;
import io.valiant.io.FileStore;
import io.valiant.io.FileStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A {@code ledger} job under way: its command, the lines its tasks write, its end. Used by one thread. */
public final class LedgerRun {
    private static final long LIMIT_S = 900;

    private final String id;
    private final LedgerPlan plan;
    private final Path file;
    private final String output;
    private final Command command;
    private Outcome outcome;

    private LedgerRun(String id, LedgerPlan plan, Path file, String output, Command command) {
        this.id = id;
        this.plan = plan;
        this.file = file;
        this.output = output;
        this.command = command;
    }

    /** Submits {@code example ledger}; its files lie in the folder given. */
    public static LedgerRun example(ClusterFixture cluster, Path conf, LedgerPlan plan, String id, Path folder)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("example", "ledger", "--id", id, "--tasks", "" + plan.tasks()));
        words.addAll(List.of("--supersteps", "" + plan.supersteps(), "--step-ms", "" + plan.stepMs()));
        words.addAll(List.of(
                "--seed", "" + plan.seed(), "--ledger", lines(folder, id).toString()));
        return begin(cluster, conf, plan, id, folder, words);
    }

    /** Submits a program of a jar that does what {@code ledger} does, and goes wrong as its settings say. */
    public static LedgerRun program(
            ClusterFixture cluster, LedgerPlan plan, String id, Path folder, Path jar, String program)
            throws IOException {
        List<String> words = new ArrayList<>(List.of("job", "submit", "--id", id, "--tasks", "" + plan.tasks()));
        words.addAll(List.of("--jar", jar.toString(), "--class", program));
        words.addAll(List.of("-D", "ledger.supersteps=" + plan.supersteps()));
        words.addAll(List.of("-D", "ledger.step.ms=" + plan.stepMs(), "-D", "ledger.seed=" + plan.seed()));
        words.addAll(List.of("-D", "ledger.file=" + lines(folder, id)));
        return begin(cluster, cluster.conf(), plan, id, folder, words);
    }

    private static Path lines(Path folder, String id) {
        return folder.resolve(id + ".ledger");
    }

    private static LedgerRun begin(
            ClusterFixture cluster, Path conf, LedgerPlan plan, String id, Path folder, List<String> words)
            throws IOException {
        String output = FileStores.child(plan.outputs() == null ? folder.toString() : plan.outputs(), id + ".out");
        words.addAll(List.of("--output", output, "--json"));
        words.addAll(plan.options());
        return new LedgerRun(id, plan, lines(folder, id), output, cluster.begin(conf, words));
    }

    public String id() {
        return id;
    }

    public LedgerPlan plan() {
        return plan;
    }

    /** The file that the tasks append their lines to. */
    public Path file() {
        return file;
    }

    /** The client's process. */
    public ProcessHandle client() {
        return command.process();
    }

    /** All lines there are. */
    public List<LedgerLine> lines() throws IOException {
        return lines(file);
    }

    /** All lines of a file of lines; a last one that is not complete is left out. */
    public static List<LedgerLine> lines(Path from) throws IOException {
        if (!Files.exists(from)) {
            return List.of();
        }
        String text = Files.readString(from);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(LedgerLine::parse)
                .toList();
    }

    /** Waits for a line; empty after the limit, or when the job has ended without one. */
    public Optional<LedgerLine> await(long limitMs, Predicate<LedgerLine> wanted) throws IOException {
        boolean seen = Waits.until(
                limitMs, () -> !client().isAlive() || lines().stream().anyMatch(wanted));
        return seen ? lines().stream().filter(wanted).findFirst() : Optional.empty();
    }

    /** The newest line of each task, by task. */
    public List<LedgerLine> newest() throws IOException {
        TreeMap<Integer, LedgerLine> newest = new TreeMap<>();
        lines().forEach(line -> newest.put(line.task(), line));
        return List.copyOf(newest.values());
    }

    /** The highest generation that has run. */
    public long generation() throws IOException {
        return lines().stream().mapToLong(LedgerLine::generation).max().orElse(0);
    }

    /** How the command ended; waits for it. */
    public Outcome end() throws IOException {
        if (outcome == null) {
            outcome = command.end(LIMIT_S);
        }
        return outcome;
    }

    /** What is wrong with a job that must have succeeded with the hash of a run without faults. */
    public List<String> wrong() throws IOException {
        Outcome ended = end();
        List<String> wrong = new ArrayList<>();
        if (ended.code() != 0) {
            wrong.add(id + ": " + ended.told());
            return wrong;
        }
        List<String> files = outputFiles();
        if (!files.contains("_SUCCESS")
                || files.stream().anyMatch(name -> !name.equals("_SUCCESS") && !name.startsWith("part-"))) {
            wrong.add(id + ": output is " + files);
        }
        String hash = OutputHash.of(output);
        if (!hash.equals(plan.hash())) {
            wrong.add(id + ": hash of the output is " + hash + ", wanted " + plan.hash());
        }
        return wrong;
    }

    /** Names in the output folder, sorted; none if there is no folder. */
    public List<String> outputFiles() throws IOException {
        try {
            FileStore store = new FileStores(new TreeMap<>()).of(output);
            return store.find(output) == null
                    ? List.of()
                    : store.list(output).stream().map(FileStore.Entry::name).toList();
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
