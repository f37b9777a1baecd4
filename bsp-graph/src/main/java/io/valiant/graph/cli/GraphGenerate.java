package io.valiant.graph.cli;

import io.valiant.bsp.BspException;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.cli.UsageException;
import io.valiant.graph.io.GraphGenerator;
import io.valiant.graph.io.GraphShape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graph generate}. */
@Command(
        name = "generate",
        description = {
            "Makes a graph of 2^S vertices and writes it to DIR/graph.v and DIR/graph.e.",
            "The same parameters give the same files anywhere."
        },
        footer = {"", "Example:", "  bsp graph generate rmat --scale 16 --seed 7 --output /tmp/rmat16"})
final class GraphGenerate extends FactVerb {
    @Parameters(index = "0", paramLabel = "SHAPE", description = "rmat (as in Graph500), grid, path or star")
    private GraphShape shape;

    @Option(names = "--scale", required = true, paramLabel = "S", description = "logarithm of the number of vertices")
    private int scale;

    @Option(
            names = "--edge-factor",
            paramLabel = "N",
            description = "edges drawn for each vertex of rmat; default: ${DEFAULT-VALUE}")
    private int edgeFactor = 16;

    @Option(names = "--seed", paramLabel = "N", description = "another seed, another graph; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--undirected", description = "every edge goes both ways and is listed once")
    private boolean undirected;

    @Option(names = "--weighted", description = "edges have weights from 1 to 255")
    private boolean weighted;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "a folder, made if need be")
    private Path output;

    GraphGenerate(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        Path folder = output.toAbsolutePath().normalize();
        GraphGenerator.Written written = generator().write(folder);
        if (isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("vertices", written.vertices());
            document.put("edges", written.edges());
            document.put(
                    "vertex_file", folder.resolve(GraphGenerator.VERTEX_FILE).toString());
            document.put("edge_file", folder.resolve(GraphGenerator.EDGE_FILE).toString());
            shell().json(document);
        } else {
            shell().out().println(written.vertices() + " vertices, " + written.edges() + " edges in " + folder);
        }
        return ExitCode.DONE;
    }

    private GraphGenerator generator() throws UsageException {
        try {
            return new GraphGenerator(shape, scale, edgeFactor, seed, undirected, weighted);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
