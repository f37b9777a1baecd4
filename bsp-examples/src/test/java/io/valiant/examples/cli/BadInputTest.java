package io.valiant.examples.cli;

import io.valiant.cli.BadInputCases;
import java.util.List;

/** The verbs of {@code example} and {@code bench} with bad input. */
class BadInputTest extends BadInputCases {
    private static final List<String> TABLE = List.of(
            "2 bench barrier --samples 0",
            "2 bench barrier --transport pigeon",
            "2 bench barrier --transport tcp --local",
            "2 bench barrier more",
            "2 bench exchange --tasks 1",
            "2 bench exchange --samples few",
            "2 bench exchange --input /i",
            "2 bench random --output /o",
            "2 bench random --tasks 0",
            "2 bench no-such-bench",
            "2 example list more",
            "2 example ledger --supersteps 0",
            "2 example ledger --step-ms -1",
            "2 example ledger --seed odd",
            "2 example ledger more",
            "2 example pi --darts 0",
            "2 example pi --darts few",
            "2 example pi --tasks none",
            "2 example pi --priority high",
            "2 example bipartite-matching",
            "2 example bipartite-matching --adjacency /a --vertices /v",
            "2 example collaborative-filtering",
            "2 example collaborative-filtering --ratings /r --factors 0",
            "2 example components --vertices /v",
            "2 example gradient-descent",
            "2 example gradient-descent --input /i --loss odd",
            "2 example gradient-descent --input /i --rate -1",
            "2 example in-links",
            "2 example in-links --vertices /v --edges /e --input /i",
            "2 example k-core --vertices /v --edges /e --k 0",
            "2 example k-means",
            "2 example k-means --input /i --k 0",
            "2 example k-means --input /i --iterations few",
            "2 example pagerank --vertices /v --edges /e --iterations 0",
            "2 example random-bench --messages -1",
            "2 example random-data --kind odd",
            "2 example random-data --rows 0",
            "2 example sample-sort",
            "2 example semi-clustering --vertices /v --edges /e --members 1",
            "2 example sparse-matrix-vector --matrix /m",
            "2 example sssp --vertices /v --edges /e",
            "2 example no-such-example");

    @Override
    protected List<String> table() {
        return TABLE;
    }

    @Override
    protected boolean isOurs(String verb) {
        return verb.startsWith("example ") || verb.startsWith("bench ");
    }
}
