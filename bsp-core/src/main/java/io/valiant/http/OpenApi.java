package io.valiant.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the document that describes an {@link Api}, in OpenAPI 3.0. */
final class OpenApi {
    private static final String ERROR = "Error";
    private static final String JSON = "application/json";

    private final Api api;
    private final Schemas schemas = new Schemas();

    private OpenApi(Api api) {
        this.api = api;
    }

    /** The document as maps and lists. */
    static Map<String, Object> of(Api api) {
        return new OpenApi(api).document();
    }

    private Map<String, Object> document() {
        SortedMap<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : api.routes()) {
            paths.computeIfAbsent(route.template(), missing -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        SortedMap<String, Object> named = new TreeMap<>(schemas.named());
        named.put(ERROR, error());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.3");
        document.put("info", map("title", api.title(), "version", api.version()));
        document.put("servers", List.of(map("url", api.base())));
        document.put("paths", paths);
        document.put("components", map("schemas", named));
        return document;
    }

    private static Map<String, Object> error() {
        Map<String, Object> text = map("type", "string");
        Map<String, Object> schema = map("type", "object");
        schema.put("required", List.of("code", "message"));
        schema.put("properties", map("code", map("type", "string", "pattern", "^BSP:[A-Za-z]+$"), "message", text));
        return schema;
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = map("operationId", route.name(), "summary", route.summary());
        List<Object> parameters = new ArrayList<>();
        for (String variable : route.variables()) {
            Map<String, Object> parameter = map("name", variable, "in", "path");
            parameter.put("required", true);
            parameter.put("schema", map("type", "string"));
            parameters.add(parameter);
        }
        for (Route.Query query : route.queries()) {
            Map<String, Object> parameter = map("name", query.name(), "in", "query");
            parameter.put("description", query.description());
            parameter.put("schema", map("type", query.type()));
            parameters.add(parameter);
        }
        operation.put("parameters", parameters);
        if (route.body() != Route.Body.NONE) {
            operation.put("requestBody", requestBody(route));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private Map<String, Object> requestBody(Route route) {
        Map<String, Object> document = schemas.ofRequest(route.bodyType());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(JSON, map("schema", document));
        if (route.body() == Route.Body.MULTIPART) {
            Map<String, Object> files = map("type", "array", "items", map("type", "string", "format", "binary"));
            Map<String, Object> form = map("type", "object");
            form.put("required", List.of(Uploads.DOCUMENT));
            form.put("properties", map(Uploads.DOCUMENT, document, "jar", files, "file", files));
            content.put("multipart/form-data", map("schema", form));
        }
        Map<String, Object> body = map("content", content);
        body.put("required", true);
        return body;
    }

    private Map<String, Object> responses(Route route) {
        SortedMap<String, Object> responses = new TreeMap<>();
        Map<String, Object> ok = map("description", route.summary());
        switch (route.answer()) {
            case JSON -> ok.put("content", map(JSON, map("schema", schemas.of(route.answerType()))));
            case TEXT -> ok.put("content", map("text/plain", map("schema", map("type", "string"))));
            case BYTES -> {
                Map<String, Object> bytes = map("type", "string", "format", "binary");
                ok.put("content", map("application/octet-stream", map("schema", bytes)));
            }
        }
        responses.put("200", ok);
        SortedMap<Integer, String> refusals = new TreeMap<>(route.refusals());
        refusals.putIfAbsent(400, "the request makes no sense");
        refusals.putIfAbsent(403, "called by a foreign page, or by a name that is not this server's");
        refusals.forEach((status, why) -> responses.put(
                status.toString(),
                map(
                        "description",
                        why,
                        "content",
                        map(JSON, map("schema", map("$ref", "#/components/schemas/" + ERROR))))));
        return responses;
    }

    /** Names and values in turn, in that order. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
