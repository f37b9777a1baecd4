package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import io.valiant.graph.io.GraphGenerator;
import io.valiant.graph.io.GraphShape;
import io.valiant.protocol.JobSpec;
import io.valiant.task.RehearsedJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The graph jobs that a spare plays. Between them they load weighted and plain edges, push and pull, combine longs by their
 * least and doubles by their sum, write numbers of both kinds, and send Writables to all neighbours. How large they are follows from what was
 * measured with the thresholds of few processors, see decision 11.
 */
final class RehearsedGraphs {
    /** Many supersteps in which next to nothing happens. */
    private static final GraphGenerator PATH = new GraphGenerator(GraphShape.PATH, 10, 1, 1, true, true);

    /** Few in which much does. */
    private static final GraphGenerator SKEWED = new GraphGenerator(GraphShape.RMAT, 12, 8, 1, true, false);

    /** Likewise, along edges whose weights differ. */
    private static final GraphGenerator WEIGHTED = new GraphGenerator(GraphShape.RMAT, 12, 8, 1, true, true);

    /** Many vertices for its edges: loops over vertices are soon worth compiling. */
    private static final GraphGenerator WIDE = new GraphGenerator(GraphShape.RMAT, 14, 2, 1, true, false);

    /** As road networks are: many supersteps, in each of which something happens. */
    private static final GraphGenerator GRID = new GraphGenerator(GraphShape.GRID, 13, 1, 1, true, false);

    private static final Map<String, String> FROM_FIRST = Map.of(GraphSettings.SOURCE, "0");

    /**
     * Before the many: what happens only in the last superstep is seen before the optimising compiler takes it to be impossible,
     * so that what it has made would be thrown away at the end.
     */
    private static final Map<String, String> FEW_ITERATIONS = Map.of(GraphSettings.ITERATIONS, "6");

    /** So many that the loops over vertices and over edges are compiled by the optimising compiler. */
    private static final Map<String, String> MANY_ITERATIONS = Map.of(GraphSettings.ITERATIONS, "320");

    /**
     * Of a general program, whose engine is compiled sooner: so many that mirrors are made often enough as well, see {@link RehearsedRanks}.
     */
    private static final Map<String, String> GENERAL_ITERATIONS = Map.of(GraphSettings.ITERATIONS, "70");

    private RehearsedGraphs() {}

    /**
     * At first lanes of doubles and of longs and each search by little: what is compiled before the last of these classes is loaded, or a branch
     * is first taken, is thrown away then. Then searches in turns, two of them twice, so that what was thrown away is compiled again for all of
     * them.
     */
    static List<RehearsedJob> jobs() {
        return List.of(
                folder -> job(folder, WIDE, PageRank.class, FEW_ITERATIONS),
                folder -> job(folder, PATH, ShortestPaths.class, FROM_FIRST),
                folder -> job(folder, PATH, BreadthFirstSearch.class, FROM_FIRST),
                folder -> job(folder, SKEWED, ConnectedComponents.class, Map.of()),
                folder -> job(folder, GRID, BreadthFirstSearch.class, FROM_FIRST),
                folder -> job(folder, GRID, ConnectedComponents.class, Map.of()),
                folder -> job(folder, GRID, BreadthFirstSearch.class, FROM_FIRST),
                folder -> job(folder, SKEWED, ConnectedComponents.class, Map.of()),
                folder -> job(folder, WEIGHTED, ShortestPaths.class, FROM_FIRST),
                folder -> job(folder, SKEWED, BreadthFirstSearch.class, FROM_FIRST),
                folder -> job(folder, WIDE, PageRank.class, MANY_ITERATIONS),
                folder -> job(folder, PATH, RehearsedRanks.First.class, FEW_ITERATIONS),
                folder -> job(folder, PATH, RehearsedRanks.Second.class, FEW_ITERATIONS),
                folder -> job(folder, SKEWED, RehearsedRanks.Third.class, GENERAL_ITERATIONS));
    }

    private static JobSpec job(Path folder, GraphGenerator graph, Class<?> program, Map<String, String> settings)
            throws BspException {
        graph.write(folder);
        SortedMap<String, String> all = new TreeMap<>(settings);
        all.put(GraphSettings.WEIGHTED, "" + graph.weighted());
        all.put(GraphSettings.DIRECTED, "" + !graph.undirected());
        List<JobInput> inputs = List.of(
                input(GraphSettings.VERTICES, folder.resolve(GraphGenerator.VERTEX_FILE)),
                input(GraphSettings.EDGES, folder.resolve(GraphGenerator.EDGE_FILE)));
        return RehearsedJob.spec(GraphSettings.JOB_TYPE, program, inputs, folder.resolve("out"), all);
    }

    private static JobInput input(String name, Path file) {
        return new JobInput(name, file.toString(), JobInput.TEXT);
    }
}
