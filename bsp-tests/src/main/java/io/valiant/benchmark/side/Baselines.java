package io.valiant.benchmark.side;

import io.valiant.benchmark.graph.Edges;
import io.valiant.benchmark.graph.GraphFiles;
import io.valiant.chaos.machine.Command;
import io.valiant.chaos.machine.Outcome;
import io.valiant.io.LocalTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs beside ours, from a folder of sources that is no part of this project; compiled where they are used. What is
 * not there is left out, and named by {@link #absent}.
 */
public final class Baselines {
    private static final long LIMIT_S = 1800;
    private static final List<String> SINGLE = List.of("-Xmx6g", "-XX:+UseSerialGC");
    private static final List<String> PAIR = List.of("-Xmx3g", "-XX:+UseSerialGC");

    private static final List<String> GAPBS = List.of("pr", "bfs", "cc", "sssp");

    /** Those that need more than a JDK; they are not run from here. */
    private static final List<String> OTHERS = List.of("giraph", "graphx", "hama", "mpi");

    private final Path sources;
    private final Path classes;
    private final List<Path> found = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final boolean generator;
    private final boolean single;
    private final boolean pair;
    private final boolean gapbs;
    private final boolean limits;

    /**
     * Looks for them.
     *
     * @param sources the folder, which need not exist
     * @param work for classes, see {@link #compile}; exists
     */
    public Baselines(Path sources, Path work) {
        this.sources = sources;
        this.classes = work.resolve("baselines");
        this.generator = isThere("gen/RmatGen.java", "the R-MAT generator (our own is used instead)");
        this.single = isThere("cost/Cost.java", "cost, the single-threaded baseline");
        this.pair = isThere("jvm2/Jvm2.java", "jvm2, the baseline of two JVMs");
        this.limits = isThere("micro/NetLimit.java", "netlimit, what sockets and memory of the machine can do");
        this.gapbs = GAPBS.stream()
                .allMatch(kernel -> Files.isExecutable(sources.resolve("gapbs").resolve(kernel)));
        if (!gapbs) {
            absent.add("gapbs (C++, OpenMP; its built programs would be in the folder gapbs beside the others)");
        }
        for (String other : OTHERS) {
            absent.add(other + " (not run from here: needs an installation of its own)");
        }
    }

    private boolean isThere(String source, String what) {
        Path file = sources.resolve(source);
        if (!Files.isRegularFile(file)) {
            absent.add(what);
            return false;
        }
        found.add(file);
        return true;
    }

    /** Compiles what is there; before any of it is run. */
    public void compile() throws IOException {
        Files.createDirectories(classes);
        for (Path file : found) {
            Outcome outcome =
                    Command.run(List.of(tool("javac"), "-nowarn", "-d", classes.toString(), file.toString()), LIMIT_S);
            if (outcome.code() != 0) {
                throw new IOException("javac " + file + ": " + outcome.told());
            }
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** What is not run, with the reason. */
    public List<String> absent() {
        return List.copyOf(absent);
    }

    private List<String> java(List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(options);
        command.addAll(List.of("-cp", classes.toString()));
        command.addAll(words);
        return command;
    }

    /** A generated graph of that scale; made once in the work folder. */
    GraphFiles graph(Lab lab, int scale) throws IOException {
        Path folder = Files.createDirectories(lab.work().resolve("g"));
        if (generator) {
            if (!GraphFiles.exists(folder, scale)) {
                lab.make(java(List.of("-Xmx10g"), List.of("RmatGen", "" + scale, folder.toString())));
            }
            return GraphFiles.of(folder, scale);
        }
        Path own = folder.resolve("own-r" + scale);
        if (!Files.exists(own.resolve("graph.e"))) {
            // a whole one or none: whoever is cut short begins anew
            Path part = folder.resolve("own-r" + scale + ".part");
            LocalTree.delete(part);
            lab.make(List.of(
                    lab.home().resolve("bin/bsp").toString(),
                    "graph",
                    "generate",
                    "rmat",
                    "--scale",
                    "" + scale,
                    "--weighted",
                    "--output",
                    part.toString()));
            LocalTree.delete(own);
            Files.move(part, own);
        }
        return GraphFiles.own(own, scale);
    }

    /** The single-threaded program on a file of directed edges. */
    Optional<Side> single(Lab lab, String name, String kernel, Path edges, String source, String kernelField) {
        List<String> words = List.of("Cost", kernel, edges.toString(), source, "20");
        return single ? Optional.of(new BaselineSide(lab, name, java(SINGLE, words), kernelField)) : Optional.empty();
    }

    /** Two JVMs over loopback, PageRank only. */
    Optional<Side> pair(Lab lab, Path edges) {
        List<String> words = List.of("Jvm2", "gather", edges.toString(), "20");
        return pair ? Optional.of(new BaselineSide(lab, "jvm2", java(PAIR, words), "total_ms")) : Optional.empty();
    }

    /** What the machine can do without any system: sockets, memory, and an empty superstep of two JVMs by hand. */
    List<Side> limits(Lab lab) {
        List<Side> sides = new ArrayList<>();
        if (limits) {
            sides.add(new LimitsSide(lab, "netlimit", java(List.of("-Xmx4g"), List.of("NetLimit"))));
        }
        if (pair) {
            sides.add(new LimitsSide(lab, "jvm2", java(PAIR, List.of("Jvm2", "empty", "-"))));
        }
        return sides;
    }

    /** The GAP benchmark suite with two threads, five trials, on a file of directed edges; {@code more} are options of the kernel. */
    Optional<Side> gapbs(Lab lab, String kernel, Path edges, String... more) {
        List<String> words = new ArrayList<>(List.of("env", "OMP_NUM_THREADS=2"));
        words.addAll(List.of(sources.resolve("gapbs").resolve(kernel).toString(), "-f", edges.toString(), "-n", "5"));
        words.addAll(List.of(more));
        return gapbs ? Optional.of(new GapbsSide(lab, words)) : Optional.empty();
    }

    /** A graph of undirected edges as a file of directed ones; made once in the work folder. */
    static Path bothWays(Path undirected, Lab lab, String name) throws IOException {
        Path file = Files.createDirectories(lab.work().resolve("g")).resolve(name + ".el");
        if (!Files.exists(file)) {
            Path part = file.resolveSibling(name + ".part");
            Edges.read(undirected).writeBothWays(part);
            Files.move(part, file);
        }
        return file;
    }
}
