package io.valiant.benchmark.side;

import io.valiant.chaos.machine.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that prints what the machine itself can do, {@code WHAT min=A med=B max=C} a line; the medians are its figures. */
final class LimitsSide implements Side {
    private static final Pattern LINE = Pattern.compile("(.*) min=\\S+ med=(\\S+) max=\\S+");

    private final Lab lab;
    private final String name;
    private final List<String> command;

    LimitsSide(Lab lab, String name, List<String> command) {
        this.lab = lab;
        this.name = name;
        this.command = List.copyOf(command);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Sample into) throws IOException {
        Lab.Ran ran = lab.process(command);
        into.ran(ran);
        Outcome outcome = ran.outcome();
        for (String line : outcome.out().lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                into.figure(matcher.group(1), Double.parseDouble(matcher.group(2)));
            }
        }
        if (outcome.code() != 0 || into.figures().size() == 1) {
            into.wrong(String.join(" ", command) + ": " + outcome.told());
        }
    }
}
