package io.valiant.examples.cli;

import io.valiant.cli.BadInputCases;
import java.util.List;

/** The verbs of {@code example} with bad input. */
class BadInputTest extends BadInputCases {
    private static final List<String> TABLE = List.of(
            "2 example list more",
            "2 example ledger --supersteps 0",
            "2 example ledger --step-ms -1",
            "2 example ledger --seed odd",
            "2 example ledger more",
            "2 example pi --darts 0",
            "2 example pi --darts few",
            "2 example pi --tasks none",
            "2 example pi --priority high",
            "2 example no-such-example");

    @Override
    protected List<String> table() {
        return TABLE;
    }

    @Override
    protected boolean isOurs(String verb) {
        return verb.startsWith("example ");
    }
}
