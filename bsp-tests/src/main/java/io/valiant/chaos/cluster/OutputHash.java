package io.valiant.chaos.cluster;

import io.valiant.bsp.BspException;
import io.valiant.cli.submit.OutputLines;
import io.valiant.examples.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The hash of what a {@code ledger} job has written. */
final class OutputHash {
    private OutputHash() {}

    /** Of all part files in a folder; a text that says what is wrong with them where they are no ledger's. */
    static String of(String output) throws IOException {
        List<String> lines = new ArrayList<>();
        try {
            OutputLines.read(new TreeMap<>(), output, lines::add);
        } catch (BspException e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            return Ledger.hash(lines);
        } catch (IllegalArgumentException e) {
            return "none (" + e.getMessage() + ")";
        }
    }
}
