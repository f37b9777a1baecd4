package io.valiant.master.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares an answer with a schema of an OpenAPI document: so much of it as ours uses. Every fact must be in the schema. */
final class SchemaCheck {
    private final JsonNode document;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** All that is wrong, each with its place. */
    static List<String> problems(JsonNode document, JsonNode schema, JsonNode answer) {
        SchemaCheck check = new SchemaCheck(document);
        check.check("$", schema, answer);
        return check.problems;
    }

    private void check(String place, JsonNode schema, JsonNode value) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replace("#/components/schemas/", "");
            JsonNode referred = document.at("/components/schemas/" + name);
            if (referred.isMissingNode()) {
                problems.add(place + ": there is no schema " + name);
            } else {
                check(place, referred, value);
            }
            return;
        }
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean()) {
                problems.add(place + ": null");
            }
            return;
        }
        if (schema.has("allOf")) {
            schema.get("allOf").forEach(one -> check(place, one, value));
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(place, schema, value);
            case "array" -> {
                if (!value.isArray()) {
                    problems.add(place + ": no array");
                }
                for (int i = 0; i < value.size(); i++) {
                    check(place + "[" + i + "]", schema.get("items"), value.get(i));
                }
            }
            case "string" -> text(place, schema, value);
            case "integer" -> expect(place, value.isIntegralNumber(), "no integer");
            case "number" -> expect(place, value.isNumber(), "no number");
            case "boolean" -> expect(place, value.isBoolean(), "no boolean");
            default -> problems.add(place + ": schema without a type");
        }
    }

    private void object(String place, JsonNode schema, JsonNode value) {
        if (!value.isObject()) {
            problems.add(place + ": no object");
            return;
        }
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = properties.has(field.getKey())
                    ? properties.get(field.getKey())
                    : schema.get("additionalProperties");
            if (known == null) {
                problems.add(place + "." + field.getKey() + ": not in the schema");
            } else {
                check(place + "." + field.getKey(), known, field.getValue());
            }
        }
        for (JsonNode name : schema.path("required")) {
            expect(place + "." + name.asText(), value.has(name.asText()), "absent");
        }
    }

    private void text(String place, JsonNode schema, JsonNode value) {
        expect(place, value.isTextual(), "no text");
        if (schema.has("enum")) {
            boolean known = false;
            for (JsonNode constant : schema.get("enum")) {
                known |= constant.equals(value);
            }
            expect(place, known, value + " is none of " + schema.get("enum"));
        }
        if (schema.path("format").asText().equals("date-time")) {
            try {
                Instant unused = Instant.parse(value.asText());
            } catch (java.time.DateTimeException e) {
                problems.add(place + ": no time: " + value);
            }
        }
    }

    private void expect(String place, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(place + ": " + otherwise);
        }
    }
}
