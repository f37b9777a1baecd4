package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.io.BinaryShare;
import io.valiant.graph.io.EdgeStage;
import io.valiant.graph.io.GraphFormat;
import io.valiant.graph.io.GraphInput;
import io.valiant.graph.step.Collective;
import io.valiant.protocol.InputSplit;
import io.valiant.task.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Loads a task's part of a graph: parse, resolve ids, bring edges to their sources, place segments. */
final class GraphLoader {
    private final TaskContext context;
    private final Exchange exchange;
    private final GraphFormat format;
    private final boolean bothDirections;
    private final boolean mirrored;
    private final boolean ascending;

    /** {@code bothDirections}: whether edges lead both ways, because the graph or the program is so; {@code mirrored}: whether
     * all edges lie with the owners of their targets; {@code ascending}: see {@link Relaxation#wantsAscending}. */
    GraphLoader(TaskContext context, GraphFormat format, boolean bothDirections, boolean mirrored, boolean ascending) {
        this.mirrored = mirrored;
        this.ascending = ascending;
        this.context = context;
        this.exchange = context.exchange();
        this.format = format;
        this.bothDirections = bothDirections;
    }

    /** Every task of the job calls it at the same time. */
    Partition load() throws BspException {
        List<InputSplit> adjacency = new ArrayList<>(context.splits(GraphSettings.ADJACENCY));
        adjacency.addAll(context.splits(GraphSettings.INPUT));
        List<GraphInput> inputs = GraphParsers.of(context, format)
                .parse(context.splits(GraphSettings.VERTICES), context.splits(GraphSettings.EDGES), adjacency);
        try (BinaryShare share =
                BinaryShare.of(context.assignment().spec().inputs(), format, exchange.index(), exchange.count())) {
            if (share != null) {
                inputs.get(0).take(share);
            }
        }
        VertexDirectory directory = new VertexDirectory(exchange, inputs, bothDirections);
        directory.resolve();
        if (!format.lenient()) {
            for (int i = 0; i < inputs.size(); i++) {
                EdgeRouter.refuseUnknown(inputs.get(i), directory.places().get(i));
            }
        }
        try {
            return build(inputs, directory);
        } catch (IOException e) {
            throw Collective.broken(e);
        }
    }

    private Partition build(List<GraphInput> inputs, VertexDirectory directory) throws BspException, IOException {
        Collective collective = new Collective(exchange);
        EdgeRouter router = new EdgeRouter(exchange, format, bothDirections);
        long read = 0;
        for (GraphInput input : inputs) {
            read += input.edges().size();
        }
        EdgeStage[] edges = router.route(inputs, directory.places());
        long[][] told = collective.share(directory.owned().size(), read - router.dropped());
        int[] sizes = new int[told.length];
        long edgeCount = 0;
        for (int task = 0; task < sizes.length; task++) {
            sizes[task] = (int) told[task][0];
            edgeCount += told[task][1];
        }
        SegmentExchange segments = new SegmentExchange(exchange, format.weighted(), mirrored, ascending, sizes);
        segments.send(edges);
        collective.share();
        segments.receive();
        return new Partition(
                exchange.index(),
                directory.owned(),
                segments.degree(),
                segments.local(),
                segments.outgoing(),
                segments.incoming(),
                directory.vertexCount(),
                edgeCount);
    }
}
