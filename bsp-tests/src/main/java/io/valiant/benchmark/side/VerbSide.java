package io.valiant.benchmark.side;

import com.fasterxml.jackson.databind.JsonNode;
import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A command of ours whose document has figures, or which is timed as a whole ({@code whole_ms}). */
final class VerbSide implements Side {
    private final Lab lab;
    private final String name;
    private final List<String> words;
    private final List<String> figures;
    private final Right right;

    /** Whether a document says what it must; what it says goes into the sample, if it does not. */
    interface Right {
        void check(JsonNode document, Sample into);
    }

    /** @param figures fields of the document to keep, all of which must be there */
    VerbSide(Lab lab, String name, List<String> words, List<String> figures, Right right) {
        this.lab = lab;
        this.name = name;
        this.words = words;
        this.figures = figures;
        this.right = right;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Sample into) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.add("--json");
        Lab.Ran ran = lab.bsp(command);
        into.ran(ran);
        Outcome outcome = ran.outcome();
        if (outcome.code() != 0) {
            into.wrong(String.join(" ", command) + ": " + outcome.told());
            return;
        }
        JsonNode document = outcome.json();
        for (String figure : figures) {
            into.figure(figure, document, figure);
        }
        right.check(document, into);
    }
}
