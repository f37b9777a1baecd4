package io.valiant.graph.cli;

import io.valiant.cli.BadInputCases;
import java.util.List;

/** The verbs of {@code graph} with bad input. */
class BadInputTest extends BadInputCases {
    private static final List<String> TABLE = List.of(
            "2 graph pr",
            "2 graph pr --vertices %/v --edges %/e",
            "2 graph pr --edges %/e --output %/o",
            "2 graph pr --vertices %/v --edges %/e --output %/o --damping 1.5",
            "2 graph pr --vertices %/v --edges %/e --output %/o --damping much",
            "2 graph pr --vertices %/v --edges %/e --output %/o --iterations -1",
            "2 graph pr --vertices %/v --edges %/e --output %/o --tasks 0",
            "2 graph pr --vertices %/v --edges %/e --output %/o --input %/i",
            "1 graph pr --vertices %/v --edges %/e --output %/o --local",
            "2 graph bfs --vertices %/v --edges %/e --output %/o",
            "2 graph bfs --vertices %/v --adjacency %/a --output %/o --source 1",
            "2 graph wcc --vertices %/v --edges %/e --output %/o --ids odd",
            "2 graph cdlp --vertices %/v --edges %/e --output %/o --iterations many",
            "2 graph lcc --binary %/b --edges %/e --output %/o",
            "2 graph sssp --vertices %/v --edges %/e --weighted --output %/o",
            "2 graph sssp --vertices %/v --edges %/e --source 1 --output %/o",
            "2 graph sssp --nothing",
            "2 graph generate",
            "2 graph generate rmat --output %/g",
            "2 graph generate blob --scale 3 --output %/g",
            "2 graph generate rmat --scale 99 --output %/g",
            "2 graph generate rmat --scale 3 --edge-factor 0 --output %/g",
            "2 graph convert --output %/g",
            "2 graph convert --vertices %/v --edges %/e",
            "1 graph convert --vertices %/v --edges %/e --output %/g",
            "2 graph no-such-verb");

    @Override
    protected List<String> table() {
        return TABLE;
    }

    @Override
    protected boolean isOurs(String verb) {
        return verb.startsWith("graph ");
    }
}
