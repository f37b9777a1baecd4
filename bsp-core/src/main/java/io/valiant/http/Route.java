package io.valiant.http;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be asked over HTTP: how it is called, what it takes, what it answers, and who answers. The server
 * serves, and the document at {@code /openapi.json} describes, the same list of these.
 */
public final class Route {
    /** What a request carries besides its address. */
    public enum Body {
        NONE,
        /** A document, the part {@code job}. */
        JSON,
        /** The part {@code job}, a document, and files: parts {@code jar} and {@code file}. */
        MULTIPART
    }

    /** What an answer is. */
    public enum Answer {
        JSON,
        TEXT,
        BYTES
    }

    /** A parameter after the question mark. {@code type} is {@code string}, {@code integer} or {@code boolean}. */
    public record Query(String name, String type, String description) {}

    /** Answers a request. Must not wait; the future may be completed by any thread. */
    @FunctionalInterface
    public interface Handler {
        CompletableFuture<?> answer(ApiRequest request) throws Exception;
    }

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private final String method;
    private final String template;
    private final String name;
    private final String summary;
    private final Handler handler;
    private final Pattern pattern;
    private final List<String> variables = new ArrayList<>();
    private final List<Query> queries = new ArrayList<>();
    private final SortedMap<Integer, String> refusals = new TreeMap<>();
    private Body body = Body.NONE;
    private Class<?> bodyType;
    private Answer answer = Answer.JSON;
    private Type answerType;

    /**
     * @param template such as {@code /jobs/{id}}; each variable stands for one part
     * @param name unique among the routes of a server, such as {@code getJob}
     * @param summary one line
     */
    public Route(String method, String template, String name, String summary, Handler handler) {
        this.method = method;
        this.template = template;
        this.name = name;
        this.summary = summary;
        this.handler = Objects.requireNonNull(handler, "handler");
        Matcher matcher = VARIABLE.matcher(template);
        StringBuilder regex = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(template.substring(from, matcher.start())))
                    .append("([^/]*)");
            variables.add(matcher.group(1));
            from = matcher.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        pattern = Pattern.compile(regex.toString());
    }

    /** Takes that parameter; any that is not named is refused. */
    public Route query(String parameter, String type, String description) {
        queries.add(new Query(parameter, type, description));
        return this;
    }

    /** Takes a document. */
    public Route takes(Body kind, Class<?> type) {
        body = kind;
        bodyType = type;
        return this;
    }

    /** Answers with the JSON of that type. */
    public Route gives(Type type) {
        answerType = type;
        return this;
    }

    /** Answers with something that is not JSON. */
    public Route gives(Answer kind) {
        answer = kind;
        return this;
    }

    /** May be refused with that status, for that reason. */
    public Route refuses(int status, String why) {
        refusals.put(status, why);
        return this;
    }

    public String method() {
        return method;
    }

    public String template() {
        return template;
    }

    public String name() {
        return name;
    }

    public String summary() {
        return summary;
    }

    public List<String> variables() {
        return Collections.unmodifiableList(variables);
    }

    public List<Query> queries() {
        return Collections.unmodifiableList(queries);
    }

    public SortedMap<Integer, String> refusals() {
        return Collections.unmodifiableSortedMap(refusals);
    }

    public Body body() {
        return body;
    }

    /** Of the document a request carries; null where it carries none. */
    public Class<?> bodyType() {
        return bodyType;
    }

    public Answer answer() {
        return answer;
    }

    /** Of the JSON it answers with; null where it answers with none. */
    public Type answerType() {
        return answerType;
    }

    Handler handler() {
        return handler;
    }

    /** The variables' values, as they were sent and not decoded yet, or null where the path is not this route's. */
    Map<String, String> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), matcher.group(i + 1));
        }
        return values;
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
