package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.SampleSort;
import picocli.CommandLine.Command;

/** {@code example sample-sort}. */
@Command(
        name = "sample-sort",
        description = "Sorts lines by regular sampling.",
        footer = {"", "Example:", "  bsp example sample-sort --input words.txt --tasks 4"})
final class SampleSortVerb extends LinesVerb {
    SampleSortVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        needInput("lines to sort");
        return BspJob.of(SampleSort.class).name("sample-sort");
    }
}
