package io.valiant.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.valiant.chaos.scenario.Limit;
import io.valiant.chaos.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a log tells of scenarios: counts, figures against their limits, violations. */
final class Summary {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Scenario> scenarios;
    private final RunLog log;
    private final List<String> left;
    private final List<String> violations = new ArrayList<>();
    private final List<String> late = new ArrayList<>();

    /**
     * @param left what the clusters left behind
     * @param withTimes whether time-outs were what the bounds are meant for
     */
    Summary(List<Scenario> scenarios, RunLog log, List<String> left, boolean withTimes) {
        this.scenarios = scenarios;
        this.log = log;
        this.left = left;
        judge(withTimes);
    }

    private void judge(boolean withTimes) {
        for (Scenario scenario : scenarios) {
            for (RunLine line : lines(scenario, Result.WRONG)) {
                violations.add(
                        scenario.name() + " " + line.run() + ": " + line.why().get(0));
            }
            for (Limit limit : scenario.limits()) {
                List<Long> values = values(scenario, limit.figure());
                if (withTimes && !values.isEmpty() && percentile(values, limit.percentile()) > limit.ms()) {
                    (scenario.judgesTimes() ? violations : late)
                            .add(scenario.name() + ": " + limit.figure() + " is "
                                    + percentile(values, limit.percentile()) + " ms at the " + limit.percentile()
                                    + "th percentile, bound " + limit.ms() + " ms");
                }
            }
        }
        left.forEach(each -> violations.add("a cluster: " + each));
    }

    private List<RunLine> lines(Scenario scenario, Result result) {
        return log.of(scenario.name()).stream()
                .filter(line -> line.result() == result)
                .toList();
    }

    private List<Long> values(Scenario scenario, String figure) {
        return log.of(scenario.name()).stream()
                .filter(line -> line.figures().containsKey(figure))
                .map(line -> line.figures().get(figure))
                .sorted()
                .toList();
    }

    /** Of sorted values the least that so many of a hundred do not exceed. */
    static long percentile(List<Long> sorted, int percentile) {
        int rank = (int) Math.ceil(sorted.size() * percentile / 100.0);
        return sorted.get(Math.max(0, rank - 1));
    }

    /** Whether everything that was run is right. */
    boolean isRight() {
        return violations.isEmpty();
    }

    private long count(Result result) {
        return scenarios.stream()
                .mapToLong(scenario -> result == Result.SKIPPED
                        ? skipped(scenario)
                        : lines(scenario, result).size())
                .sum();
    }

    /** A scenario that was skipped once and run another time is not skipped. */
    private long skipped(Scenario scenario) {
        List<RunLine> lines = log.of(scenario.name());
        return !lines.isEmpty() && lines.get(lines.size() - 1).result() == Result.SKIPPED ? 1 : 0;
    }

    /** The document of {@code --json}. */
    String json(long wallS) {
        ObjectNode document = JSON.createObjectNode();
        document.put("runs", count(Result.RIGHT) + count(Result.WRONG)).put("violations", violations.size());
        document.put("right", count(Result.RIGHT)).put("wrong", count(Result.WRONG));
        document.put("skipped", count(Result.SKIPPED)).put("wall_s", wallS);
        document.put("log", log.file().toString());
        violations.forEach(document.putArray("wrongs")::add);
        late.forEach(document.putArray("late")::add);
        ArrayNode all = document.putArray("scenarios");
        for (Scenario scenario : scenarios) {
            ObjectNode each = all.addObject().put("name", scenario.name());
            each.put("right", lines(scenario, Result.RIGHT).size());
            each.put("wrong", lines(scenario, Result.WRONG).size());
            each.put("skipped", reason(scenario));
            ObjectNode figures = each.putObject("figures");
            for (String figure : figures(scenario)) {
                List<Long> values = values(scenario, figure);
                figures.putObject(figure)
                        .put("p50", percentile(values, 50))
                        .put("p99", percentile(values, 99))
                        .put("max", values.get(values.size() - 1));
            }
        }
        return document.toString();
    }

    private TreeSet<String> figures(Scenario scenario) {
        TreeSet<String> names = new TreeSet<>();
        log.of(scenario.name()).forEach(line -> names.addAll(line.figures().keySet()));
        return names;
    }

    /** Why the scenario was skipped, or null. */
    private String reason(Scenario scenario) {
        List<RunLine> lines = log.of(scenario.name());
        return skipped(scenario) == 0
                ? null
                : String.join("; ", lines.get(lines.size() - 1).why());
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Scenario scenario : scenarios) {
            int right = lines(scenario, Result.RIGHT).size();
            int runs = right + lines(scenario, Result.WRONG).size();
            text.append(String.format("%-34s %d of %d right", scenario.name(), right, runs));
            if (skipped(scenario) > 0) {
                text.append(", skipped: ").append(reason(scenario));
            }
            for (String figure : figures(scenario)) {
                List<Long> values = values(scenario, figure);
                text.append(String.format(
                        "  %s p50 %d p99 %d max %d",
                        figure, percentile(values, 50), percentile(values, 99), values.get(values.size() - 1)));
            }
            text.append('\n');
        }
        late.forEach(each -> text.append("late: ").append(each).append('\n'));
        violations.forEach(each -> text.append("violation: ").append(each).append('\n'));
        return text.append(String.format(
                        "%d right, %d wrong, %d skipped; log %s",
                        count(Result.RIGHT), count(Result.WRONG), count(Result.SKIPPED), log.file()))
                .toString();
    }
}
