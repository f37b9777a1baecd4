package io.valiant.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of the log: one run of a scenario.
 *
 * @param run its number, from 0
 * @param why what did not hold, or the one reason for which it was skipped
 * @param figures what was measured
 * @param wallMs how long the run took
 */
record RunLine(
        String scenario, int run, Result result, List<String> why, SortedMap<String, Long> figures, long wallMs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As it stands in the log. */
    String json() {
        ObjectNode line = JSON.createObjectNode();
        line.put("scenario", scenario).put("run", run).put("result", result.name());
        why.forEach(line.putArray("why")::add);
        figures.forEach(line.putObject("figures")::put);
        return line.put("wall_ms", wallMs).toString();
    }

    /** Reads what {@link #json} wrote. */
    static RunLine parse(String json) throws JsonProcessingException {
        JsonNode line = JSON.readTree(json);
        List<String> why = new ArrayList<>();
        line.path("why").forEach(each -> why.add(each.asText()));
        SortedMap<String, Long> figures = new TreeMap<>();
        for (var figure : line.path("figures").properties()) {
            figures.put(figure.getKey(), figure.getValue().asLong());
        }
        return new RunLine(
                line.path("scenario").asText(),
                line.path("run").asInt(),
                Result.valueOf(line.path("result").asText()),
                why,
                figures,
                line.path("wall_ms").asLong());
    }

    /** For people: name, run, result, figures, and what was wrong. */
    String text() {
        StringBuilder text = new StringBuilder(scenario + " " + run + " " + result + " in " + wallMs + " ms");
        figures.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        why.forEach(each -> text.append("\n    ").append(each));
        return text.toString();
    }
}
