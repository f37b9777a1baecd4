package io.valiant.graph.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.Settings;
import io.valiant.cli.ExitCode;
import io.valiant.cli.FactVerb;
import io.valiant.cli.Shell;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.io.BinaryGraphWriter;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.io.FileStores;
import io.valiant.io.SplitPlanner;
import io.valiant.io.TextLines;
import io.valiant.protocol.InputSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graph convert}. */
@Command(
        name = "convert",
        description = {
            "Makes a binary graph of text and writes it to DIR/graph.b, for --binary of the algorithms.",
            "It loads without parsing: each task maps the file and reads its share."
        },
        footer = {"", "Example:", "  bsp graph convert --vertices g.v --edges g.e --output /tmp/binary"})
final class GraphConvert extends FactVerb {
    private static final String FILE = "graph.b";

    @Mixin
    private GraphFiles files;

    @Option(names = "--weighted", description = "the third column of edges is a weight")
    private boolean weighted;

    @Option(names = "--ids", paramLabel = "FORM", description = "long or text; default: found by looking")
    private String ids;

    @Option(names = "--lenient", description = "leave out edges to vertices that the vertex file does not name")
    private boolean lenient;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "a folder, made if need be")
    private Path output;

    GraphConvert(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws BspException {
        files.check("graph convert", false);
        Path file = output.toAbsolutePath().normalize().resolve(FILE);
        if (Files.exists(file)) {
            throw BspException.user("%s exists already; choose another folder or remove it", file);
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new BspException(BspException.Kind.USER, "the folder of " + file + " cannot be made: " + e, e);
        }
        GraphFormat format = format();
        GraphInput graph = read(format);
        long vertices = graph.vertices().ids().count();
        BinaryGraphWriter writer = new BinaryGraphWriter();
        long edges = writer.write(graph, format, file);
        tell(file, vertices, edges, writer.dropped());
        return ExitCode.DONE;
    }

    private void tell(Path file, long vertices, long edges, long dropped) throws BspException {
        if (isJson()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("vertices", vertices);
            document.put("edges", edges);
            document.put("dropped_edges", dropped);
            document.put("binary_file", file.toString());
            shell().json(document);
        } else {
            shell().out()
                    .println(vertices + " vertices, " + edges + " edges in " + file
                            + (dropped > 0 ? "; " + dropped + " edges left out" : ""));
        }
    }

    private GraphFormat format() throws BspException {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(GraphSettings.WEIGHTED, Boolean.toString(weighted));
        settings.put(GraphSettings.LENIENT, Boolean.toString(lenient));
        if (ids != null) {
            settings.put(GraphSettings.IDS, ids);
        }
        return GraphFormat.of(new Settings(settings));
    }

    private GraphInput read(GraphFormat format) throws BspException {
        FileStores stores = new FileStores(shell().configuration().hadoop());
        List<JobInput> inputs = files.inputs();
        Map<String, List<InputSplit>> splits = new TreeMap<>();
        for (InputSplit split : new SplitPlanner(stores).plan(inputs, 1).get(0)) {
            splits.computeIfAbsent(split.input(), name -> new ArrayList<>()).add(split);
        }
        return new GraphInput(
                        split -> TextLines.open(stores, split),
                        format,
                        splits.getOrDefault(GraphSettings.VERTICES, List.of()),
                        splits.getOrDefault(GraphSettings.EDGES, List.of()),
                        splits.getOrDefault(GraphSettings.ADJACENCY, List.of()))
                .read();
    }
}
