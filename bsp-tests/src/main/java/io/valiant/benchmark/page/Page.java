package io.valiant.benchmark.page;

import io.valiant.benchmark.log.RunLine;
import io.valiant.benchmark.side.Measures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything that the log tells, for {@code docs/BENCHMARKS.md}. */
public final class Page {
    private static final String BEGIN = "<!-- benchmark: begin -->";
    private static final String END = "<!-- benchmark: end -->";
    private static final String SCALE = "r20";

    /** Beyond this share of the machine that others took, a run is called noisy. */
    private static final double NOISE = 0.1;

    private final Runs runs;
    private final List<String> absent;

    /**
     * @param lines the log
     * @param absent what is not run from here, one line each, beginning with the name of a side where it is one: told unless the
     *     log has runs of it
     */
    public Page(List<RunLine> lines, List<String> absent) {
        this.runs = new Runs(lines);
        TreeSet<String> sides = lines.stream().map(RunLine::side).collect(Collectors.toCollection(TreeSet::new));
        this.absent = absent.stream()
                .filter(what -> !sides.contains(what.split("\\W", 2)[0]))
                .toList();
    }

    /** The tables without plots. */
    public String text() {
        return String.join("\n", sections(new TreeMap<>()));
    }

    /** Writes tables between the markers of a page, and plots into the folder {@code images} beside it. */
    public void write(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no lines '" + BEGIN + "' and '" + END + "' to write between");
        }
        SortedMap<String, Plot> plots = plots();
        String tables = String.join("\n", sections(plots));
        Path images = Files.createDirectories(page.resolveSibling("images"));
        for (var plot : plots.entrySet()) {
            Files.writeString(images.resolve(plot.getKey()), plot.getValue().svg());
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + tables + "\n" + text.substring(end));
    }

    private List<String> sections(SortedMap<String, Plot> plots) {
        List<String> lines = new ArrayList<>(provenance());
        section(lines, "Beside the baselines", Comparison.table(runs), "benchmark-ratios.svg", plots);
        section(lines, "By itself", Absolute.table(runs), null, plots);
        section(lines, "Beside what the machine can do", MachineShare.table(runs), null, plots);
        section(lines, "What the machine can do by itself", limits(), null, plots);
        section(lines, "Cost of an edge by the size of the graph", edges(), "benchmark-edges.svg", plots);
        section(lines, "Number of tasks", tasks(), "benchmark-tasks.svg", plots);
        section(lines, "Answers", answers(), null, plots);
        section(lines, "Noise", noise(), null, plots);
        return lines;
    }

    private static void section(
            List<String> lines, String title, List<String> content, String image, SortedMap<String, Plot> plots) {
        if (content.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("### " + title);
        lines.add("");
        lines.addAll(content);
        if (plots.containsKey(image == null ? "" : image)) {
            lines.add("");
            lines.add("![" + title + "](images/" + image + ")");
        }
    }

    private List<String> provenance() {
        TreeSet<String> times = new TreeSet<>();
        TreeSet<String> commits = new TreeSet<>();
        TreeSet<String> machines = new TreeSet<>();
        for (RunLine line : runs.all()) {
            times.add(line.conditions().at());
            commits.add(line.conditions().commit());
            machines.add(line.conditions().machine());
        }
        List<String> lines = new ArrayList<>();
        if (!times.isEmpty()) {
            lines.add("Machine: " + String.join("; ", machines) + ".");
            lines.add("Runs: " + runs.all().size() + ", " + times.first() + " to " + times.last() + "; commit "
                    + String.join(", ", commits) + " (+: with changes).");
        }
        lines.add(
                "Ours: a cluster of real daemons, 2 grooms, 2 tasks unless told, every key as by default unless a commit has `-D` behind it; baselines: `-XX:+UseSerialGC`,");
        lines.add(
                "`-Xmx6g` (cost), `-Xmx3g` each (jvm2). Medians [smallest .. greatest]; a ratio is the median of those of each turn.");
        if (!absent.isEmpty()) {
            lines.add("Left out: " + String.join("; ", absent) + ".");
        }
        return lines;
    }

    private Spread edgeNs(String input) {
        double edges = runs.figure("pagerank", input, Measures.OURS, "edges").median();
        return runs.figure("pagerank", input, Measures.OURS, "kernel_ms").dividedBy(edges * 20 / 1e6);
    }

    private List<String> edges() {
        List<String> lines = new ArrayList<>();
        List<String> inputs = runs.inputs("pagerank");
        if (inputs.size() < 2) {
            return lines;
        }
        boolean hasBase = inputs.contains(SCALE);
        double base = hasBase ? edgeNs(SCALE).median() : Double.NaN;
        lines.add("| graph | edges | ours, ns an edge and iteration | against " + SCALE + " | must / goal | reached |");
        lines.add("|---|---|---|---|---|---|");
        Limit limit = Limit.most(1.5, 1.3);
        for (String input : inputs) {
            Spread ns = edgeNs(input);
            double ratio = ns.median() / base;
            lines.add("| "
                    + String.join(
                            " | ",
                            input,
                            Spread.number(runs.figure("pagerank", input, Measures.OURS, "edges")
                                    .median()),
                            ns.text(),
                            hasBase ? Spread.number(ratio) : "–",
                            hasBase ? limit.text() : "–",
                            hasBase ? limit.verdict(ratio) : "–")
                    + " |");
        }
        return lines;
    }

    private List<String> limits() {
        List<String> lines = new ArrayList<>();
        TreeSet<String> told = new TreeSet<>();
        for (RunLine line : runs.all()) {
            if (line.measure().equals("limits")) {
                line.figures().keySet().forEach(figure -> told.add(line.side() + "/" + figure));
            }
        }
        told.removeIf(name -> name.endsWith("/whole_ms"));
        for (String name : told) {
            String[] words = name.split("/", 2);
            lines.add("| " + words[1] + " (" + words[0] + ") | "
                    + runs.figure("limits", "", words[0], words[1]).text() + " |");
        }
        if (!lines.isEmpty()) {
            lines.add(0, "| what | median of each run |");
            lines.add(1, "|---|---|");
        }
        return lines;
    }

    private List<String> tasks() {
        List<String> lines = new ArrayList<>();
        for (String input : runs.inputs("tasks")) {
            lines.add("| tasks, " + input
                    + " | PageRank, iterations, ms | whole, ms | wcc, iterations, ms | whole, ms |");
            lines.add("|---|---|---|---|---|");
            for (int tasks : new int[] {1, 2, 4, 8}) {
                lines.add("| "
                        + String.join(
                                " | ",
                                "" + tasks,
                                runs.figure("tasks", input, "pagerank " + tasks, "kernel_ms")
                                        .text(),
                                runs.figure("tasks", input, "pagerank " + tasks, "whole_ms")
                                        .text(),
                                runs.figure("tasks", input, "wcc " + tasks, "kernel_ms")
                                        .text(),
                                runs.figure("tasks", input, "wcc " + tasks, "whole_ms")
                                        .text())
                        + " |");
            }
        }
        return lines;
    }

    private List<String> answers() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Every result of ours is compared vertex by vertex: bfs, sssp and wcc with a plain single-threaded program of this");
        lines.add(
                "benchmark (exact), published graphs with the answers that lie beside them. What the baselines print (vertices reached,");
        lines.add(
                "depth, sum of distances, number of components) must agree with ours too. PageRank is compared with our own reference, in");
        lines.add(
                "double precision: the baselines leave the mass of vertices without out-edges out, ours spreads it, as Graphalytics asks;");
        lines.add("so they have a little less to do, and other ranks. Its greatest relative error in these runs: "
                + Spread.number(greatestError()) + ".");
        List<String> wrong = new ArrayList<>();
        for (RunLine line : runs.all()) {
            line.wrong().forEach(what -> wrong.add("- " + line.key() + ": " + what));
        }
        lines.add("");
        lines.add(wrong.isEmpty() ? "No run was wrong." : "Wrong, and not in the tables:");
        lines.addAll(wrong);
        return lines;
    }

    private double greatestError() {
        return runs.all().stream()
                .filter(line -> line.measure().equals("pagerank") || line.side().startsWith("pagerank"))
                .mapToDouble(line -> line.figures().getOrDefault("max_relative_error", 0.0))
                .max()
                .orElse(0);
    }

    private static double share(RunLine line) {
        return line.conditions().othersShare();
    }

    private List<String> noise() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "What others took of the machine while a run went on, and its host of its processors. Made again: how often there was a run");
        lines.add("more because that was too much, of whichever side; the least disturbed one counts.");
        lines.add("");
        lines.add(
                "| measure | runs | load before | others' share of the machine | runs with more than 10 % | made again |");
        lines.add("|---|---|---|---|---|---|");
        TreeMap<String, List<RunLine>> groups = runs.all().stream()
                .collect(Collectors.groupingBy(
                        line -> line.measure() + " " + line.input(), TreeMap::new, Collectors.toList()));
        groups.forEach((name, group) -> {
            Spread load = Spread.of(
                    group.stream().map(line -> line.conditions().load()).toList());
            Spread share = Spread.of(group.stream().map(Page::share).toList());
            long noisy = group.stream().filter(line -> share(line) > NOISE).count();
            int again = group.stream()
                    .mapToInt(line -> line.conditions().tries() - 1)
                    .sum();
            lines.add("| "
                    + String.join(
                            " | ", name.strip(), "" + group.size(), load.text(), share.text(), "" + noisy, "" + again)
                    + " |");
        });
        return groups.isEmpty() ? List.of() : lines;
    }

    private SortedMap<String, Plot> plots() {
        SortedMap<String, Plot> plots = new TreeMap<>();
        Plot ratios = Plot.ofRatios("Time of ours divided by the baseline's: left of the line ours is faster");
        List<Comparison> times = Comparison.ALL.stream()
                .filter(row -> row.figure().endsWith("_ms"))
                .toList();
        for (Comparison row : times) {
            for (String input : runs.inputs(row.measure())) {
                row.ratio(runs, input)
                        .ifPresent(ratio -> ratios.bar(
                                row.measure() + " " + input + ", "
                                        + row.figure().replace("_ms", "") + " / " + row.other(),
                                ratio));
            }
        }
        Plot edges = Plot.ofAmounts("PageRank: ns an edge and iteration");
        if (runs.inputs("pagerank").size() > 1) {
            runs.inputs("pagerank").forEach(input -> edges.bar(input, edgeNs(input)));
        }
        Plot tasks = Plot.ofAmounts("Iterations by number of tasks, ms");
        for (String input : runs.inputs("tasks")) {
            for (String side : List.of("pagerank", "wcc")) {
                for (int count : new int[] {1, 2, 4, 8}) {
                    Spread spread = runs.figure("tasks", input, side + " " + count, "kernel_ms");
                    if (!spread.isEmpty()) {
                        tasks.bar(side + " " + input + ", " + count + " tasks", spread);
                    }
                }
            }
        }
        put(plots, "benchmark-ratios.svg", ratios);
        put(plots, "benchmark-edges.svg", edges);
        put(plots, "benchmark-tasks.svg", tasks);
        return plots;
    }

    private static void put(SortedMap<String, Plot> plots, String name, Plot plot) {
        if (!plot.isEmpty()) {
            plots.put(name, plot);
        }
    }
}
