package io.valiant.graph.cli;

import io.valiant.bsp.JobInput;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.graph.GraphSettings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a graph is. */
final class GraphFiles {
    @Option(
            names = "--vertices",
            paramLabel = "F",
            description = "one id a line: file, folder of part files, .gz, or URI")
    private String vertices;

    @Option(names = "--edges", paramLabel = "F", description = "'from to [weight]' a line: likewise")
    private String edges;

    @Option(
            names = "--adjacency",
            paramLabel = "F",
            description = "instead of both: 'id n1 n2 ...' a line, with --weighted 'id n1 w1 n2 w2 ...'")
    private String adjacency;

    /** The binary form, where it may be given. */
    private String binary;

    void binary(String file) {
        binary = file;
    }

    /** Throws unless there is one graph. */
    void check(String verb, boolean mayBeBinary) throws UsageException {
        boolean both = vertices != null && edges != null;
        int given =
                (vertices != null || edges != null ? 1 : 0) + (adjacency != null ? 1 : 0) + (binary != null ? 1 : 0);
        if (given != 1 || (adjacency == null && binary == null && !both)) {
            throw new UsageException(verb + " needs one graph: --vertices F and --edges F, or --adjacency F"
                    + (mayBeBinary ? ", or --binary F" : ""));
        }
    }

    /** As inputs of a job. */
    List<JobInput> inputs() throws UsageException {
        List<JobInput> inputs = new ArrayList<>();
        add(inputs, GraphSettings.VERTICES, vertices);
        add(inputs, GraphSettings.EDGES, edges);
        add(inputs, GraphSettings.ADJACENCY, adjacency);
        add(inputs, GraphSettings.BINARY, binary);
        return inputs;
    }

    private static void add(List<JobInput> inputs, String name, String files) throws UsageException {
        if (files != null) {
            inputs.add(new JobInput(name, Shell.locations(files), JobInput.TEXT));
        }
    }
}
