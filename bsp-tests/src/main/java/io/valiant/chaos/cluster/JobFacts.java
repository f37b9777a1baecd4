package io.valiant.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code job status} tells. */
public record JobFacts(JsonNode json) {
    public String state() {
        return json.path("state").asText();
    }

    public int rollbacks() {
        return json.path("rollbacks").asInt();
    }

    /** Type of the job's cause; empty without one. */
    public String causeType() {
        return json.path("cause").path("type").asText("");
    }

    /** The superstep of the newest complete checkpoint; -1 without one. */
    public long checkpoint() {
        return json.path("checkpoint").path("superstep").asLong(-1);
    }

    /** All attempts of all tasks. */
    public List<JsonNode> attempts() {
        List<JsonNode> attempts = new ArrayList<>();
        for (JsonNode task : json.path("task")) {
            task.path("attempts").forEach(attempts::add);
        }
        return attempts;
    }

    /** The attempts of one task. */
    public List<JsonNode> attempts(int task) {
        return attempts().stream()
                .filter(attempt -> attempt.path("task").asInt() == task)
                .toList();
    }

    /** How many attempts are charged. */
    public long charged() {
        return attempts().stream()
                .filter(attempt -> attempt.path("charged").asBoolean())
                .count();
    }

    /** The attempt of that id; a missing node if there is none. */
    public JsonNode attempt(String id) {
        return attempts().stream()
                .filter(attempt -> attempt.path("id").asText().equals(id))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    /** One line on every attempt that did not succeed, for messages. */
    public String ends() {
        List<String> ends = new ArrayList<>();
        for (JsonNode attempt : attempts()) {
            if (!attempt.path("state").asText().equals("SUCCEEDED")) {
                ends.add(attempt.path("id").asText() + " "
                        + attempt.path("state").asText() + " "
                        + attempt.path("cause").path("type").asText("-")
                        + (attempt.path("charged").asBoolean() ? " charged" : ""));
            }
        }
        return ends.toString();
    }
}
