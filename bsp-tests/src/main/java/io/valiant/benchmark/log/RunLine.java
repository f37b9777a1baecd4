package io.valiant.benchmark.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of one side of a measure.
 *
 * @param measure such as {@code pagerank}
 * @param input such as {@code r20}; empty where there is none
 * @param side who ran: our system or a baseline
 * @param run its number, from 0
 * @param figures what was measured, by name with unit, such as {@code kernel_ms}
 * @param answers what the result says, by name; other sides of the same measure must say the same
 * @param wrong what is not right, one line each; none if all is
 * @param conditions what the machine did meanwhile, see {@link Conditions}
 */
public record RunLine(
        String measure,
        String input,
        String side,
        int run,
        SortedMap<String, Double> figures,
        SortedMap<String, String> answers,
        List<String> wrong,
        Conditions conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a figure is worth.
     *
     * @param load the machine's load average of one minute before the run
     * @param wallS how long the run took
     * @param otherCpuS seconds of CPU that others took meanwhile, as far as the machine's and the run's own can be told apart
     * @param tries how often it was run; the least disturbed one is told
     * @param at when the run ended, UTC
     * @param commit of our system
     * @param machine the one that it ran on, and in which state, in one line
     * @param cores of that machine
     */
    public record Conditions(
            double load,
            double wallS,
            double otherCpuS,
            int tries,
            String at,
            String commit,
            String machine,
            int cores) {
        /** What share of the machine others took. */
        public double othersShare() {
            return otherCpuS / Math.max(0.001, wallS * cores);
        }
    }

    /** What tells this run from all others. */
    public String key() {
        return key(measure, input, side, run);
    }

    static String key(String measure, String input, String side, int run) {
        return measure + "/" + input + "/" + side + "/" + run;
    }

    /** The same, after so many tries. */
    public RunLine tried(int tries) {
        return new RunLine(
                measure,
                input,
                side,
                run,
                figures,
                answers,
                wrong,
                new Conditions(
                        conditions.load,
                        conditions.wallS,
                        conditions.otherCpuS,
                        tries,
                        conditions.at,
                        conditions.commit,
                        conditions.machine,
                        conditions.cores));
    }

    /** As it stands in the log. */
    public String json() {
        ObjectNode line = JSON.createObjectNode();
        line.put("measure", measure).put("input", input).put("side", side).put("run", run);
        figures.forEach(line.putObject("figures")::put);
        answers.forEach(line.putObject("answers")::put);
        wrong.forEach(line.putArray("wrong")::add);
        line.put("load", conditions.load()).put("wall_s", conditions.wallS());
        line.put("other_cpu_s", conditions.otherCpuS()).put("tries", conditions.tries());
        line.put("at", conditions.at()).put("commit", conditions.commit());
        return line.put("machine", conditions.machine())
                .put("cores", conditions.cores())
                .toString();
    }

    /** Reads what {@link #json} wrote, also before machines were noted. */
    public static RunLine parse(String json) throws JsonProcessingException {
        JsonNode line = JSON.readTree(json);
        SortedMap<String, Double> figures = new TreeMap<>();
        for (var figure : line.path("figures").properties()) {
            figures.put(figure.getKey(), figure.getValue().asDouble());
        }
        SortedMap<String, String> answers = new TreeMap<>();
        for (var answer : line.path("answers").properties()) {
            answers.put(answer.getKey(), answer.getValue().asText());
        }
        List<String> wrong = new ArrayList<>();
        line.path("wrong").forEach(each -> wrong.add(each.asText()));
        return new RunLine(
                line.path("measure").asText(),
                line.path("input").asText(),
                line.path("side").asText(),
                line.path("run").asInt(),
                figures,
                answers,
                wrong,
                new Conditions(
                        line.path("load").asDouble(),
                        line.path("wall_s").asDouble(),
                        line.path("other_cpu_s").asDouble(),
                        line.path("tries").asInt(1),
                        line.path("at").asText(),
                        line.path("commit").asText(),
                        line.path("machine").asText("one that was not noted"),
                        line.path("cores").asInt(Runtime.getRuntime().availableProcessors())));
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder(key());
        figures.forEach((name, value) -> text.append(String.format(Locale.ROOT, " %s=%.4g", name, value)));
        text.append(
                String.format(Locale.ROOT, "  load %.1f, others %.1f s", conditions.load(), conditions.otherCpuS()));
        wrong.forEach(each -> text.append("\n    WRONG: ").append(each));
        return text.toString();
    }
}
