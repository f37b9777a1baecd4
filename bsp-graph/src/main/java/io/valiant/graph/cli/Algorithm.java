package io.valiant.graph.cli;

import io.valiant.graph.algorithm.BreadthFirstSearch;
import io.valiant.graph.algorithm.ClusteringCoefficient;
import io.valiant.graph.algorithm.ConnectedComponents;
import io.valiant.graph.algorithm.LabelPropagation;
import io.valiant.graph.algorithm.PageRank;
import io.valiant.graph.algorithm.ShortestPaths;
import java.util.Locale;

/** The algorithms that have a verb. */
enum Algorithm {
    BFS(BreadthFirstSearch.class, "Breadth-first search: how many edges every vertex is from --source.", " --source 1"),
    PR(PageRank.class, "PageRank; 30 iterations and damping 0.85 unless told otherwise.", " --iterations 20"),
    WCC(ConnectedComponents.class, "Weakly connected components: the least id of every vertex's component.", ""),
    CDLP(
            LabelPropagation.class,
            "Communities by label propagation; 10 iterations unless told otherwise.",
            " --iterations 10"),
    LCC(ClusteringCoefficient.class, "The local clustering coefficient of every vertex.", ""),
    SSSP(
            ShortestPaths.class,
            "Shortest paths: the least sum of weights from --source to every vertex.",
            " --weighted --source 1");

    private final Class<?> program;
    private final String description;
    private final String example;

    Algorithm(Class<?> program, String description, String example) {
        this.program = program;
        this.description = description;
        this.example = example;
    }

    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    Class<?> program() {
        return program;
    }

    String description() {
        return description;
    }

    /** Options that the example of its help shows. */
    String example() {
        return example;
    }

    /** How many iterations it makes unless told otherwise; null where it goes on until nothing changes. */
    Long iterations() {
        return switch (this) {
            case PR -> PageRank.ITERATIONS;
            case CDLP -> LabelPropagation.ITERATIONS;
            case BFS, WCC, LCC, SSSP -> null;
        };
    }

    boolean needsWeights() {
        return this == SSSP;
    }

    boolean needsSource() {
        return this == BFS || this == SSSP;
    }
}
