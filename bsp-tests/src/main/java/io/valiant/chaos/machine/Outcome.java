package io.valiant.chaos.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What a command left: exit code (124 if it had to be ended), standard output, standard error. */
public record Outcome(int code, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The JSON document it printed: all of its output, or the last line. */
    public JsonNode json() throws IOException {
        String text = out.strip();
        if (text.isEmpty()) {
            throw new IOException("no JSON: exit " + code + ", " + err.strip());
        }
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.readTree(text.substring(text.lastIndexOf('\n') + 1));
        }
    }

    /** Exit code and what it said last, for messages. */
    public String told() {
        String said = err.isBlank() ? out.strip() : err.strip();
        return "exit " + code + ": " + said.substring(said.lastIndexOf('\n') + 1);
    }
}
