package io.valiant.benchmark.side;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one run gives: filled by the side that runs. Used by one thread. */
public final class Sample {
    private final SortedMap<String, Double> figures = new TreeMap<>();
    private final SortedMap<String, String> answers = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private double wallMs;
    private double otherCpuS;

    /** Notes what was run: how long it took, and what others took of the machine meanwhile. */
    void ran(Lab.Ran ran) {
        wallMs = ran.wallMs();
        otherCpuS = ran.otherCpuS();
        figure("whole_ms", wallMs);
    }

    /** Something measured; the name ends in its unit. */
    void figure(String name, double value) {
        figures.put(name, value);
    }

    /** A field of a document that says something measured; one that is not there, or no number, is wrong. */
    void figure(String name, JsonNode document, String field) {
        JsonNode value = document.path(field);
        if (value.isNumber()) {
            figure(name, value.asDouble());
        } else {
            wrong("no " + field + " in " + document);
        }
    }

    /** Something that all sides of the measure must agree on. */
    void answer(String name, String value) {
        answers.put(name, value);
    }

    /** Something that is not right, in one line. */
    public void wrong(String what) {
        wrong.add(what);
    }

    public SortedMap<String, Double> figures() {
        return figures;
    }

    public SortedMap<String, String> answers() {
        return answers;
    }

    /** How long it took, from the start of the process to its end. */
    public double wallMs() {
        return wallMs;
    }

    /** Seconds of CPU that others took meanwhile. */
    public double otherCpuS() {
        return otherCpuS;
    }

    public List<String> wrong() {
        return wrong;
    }
}
