package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobStatus;
import io.valiant.cli.Shell;
import java.util.List;
import picocli.CommandLine.Command;

/** An example whose result is the lines of its output: as JSON their number, for people the first of them. */
@Command
abstract class LinesVerb extends ExampleVerb {
    private static final int SHOWN = 10;

    LinesVerb(Shell shell) {
        super(shell, "lines");
    }

    @Override
    Object result(List<String> lines, JobStatus status) {
        return lines.size();
    }

    @Override
    void print(List<String> lines, JobStatus status) throws BspException {
        lines.stream().limit(SHOWN).forEach(shell().out()::println);
        if (lines.size() > SHOWN) {
            shell().out().println("… " + (lines.size() - SHOWN) + " more lines");
        }
    }
}
