package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Settings;
import io.valiant.exchange.Exchange;
import io.valiant.graph.GraphSetup;
import io.valiant.graph.VertexReference;
import io.valiant.graph.step.Collective;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a program is given before superstep 0; then makes sure that the vertices it asked for exist. */
final class Setup implements GraphSetup {
    private final Settings settings;
    private final Partition partition;
    private final List<VertexReference> wanted = new ArrayList<>();

    Setup(Settings settings, Partition partition) {
        this.settings = settings;
        this.partition = partition;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public long vertexCount() {
        return partition.vertexCount();
    }

    @Override
    public long edgeCount() {
        return partition.edgeCount();
    }

    @Override
    public VertexReference vertex(String id) throws BspException {
        if (id == null) {
            throw BspException.user("the program asks for a vertex without telling its id");
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        VertexReference reference = new VertexReference(id, partition.ids().find(bytes, 0, bytes.length));
        wanted.add(reference);
        return reference;
    }

    /** Every task calls it, after the program's setup. */
    void check(Exchange exchange) throws BspException {
        long[] found = new long[wanted.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = wanted.get(i).number() >= 0 ? 1 : 0;
        }
        found = new Collective(exchange).sum(found);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                throw BspException.user(
                        "vertex '%s' is not in the graph; choose one of its vertices",
                        wanted.get(i).id());
            }
        }
    }
}
