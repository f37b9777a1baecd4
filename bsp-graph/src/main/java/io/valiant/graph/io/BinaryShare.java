package io.valiant.graph.io;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.graph.GraphSettings;
import io.valiant.io.FileStores;
import java.nio.file.Path;
import java.util.List;

/**
 * What one task reads of a binary graph: runs of vertices and of edges, as long as those of the others.
 *
 * @param graph the whole of it
 * @param firstVertex place of the first vertex
 * @param endVertex behind the last
 * @param firstEdge the first edge
 * @param endEdge behind the last
 */
public record BinaryShare(BinaryGraph graph, long firstVertex, long endVertex, long firstEdge, long endEdge)
        implements AutoCloseable {
    /** The share of a task, or null if the job has no binary graph. */
    public static BinaryShare of(List<JobInput> inputs, GraphFormat format, int task, int tasks) throws BspException {
        for (JobInput input : inputs) {
            if (input.name().equals(GraphSettings.BINARY)) {
                return of(input.path(), format, task, tasks);
            }
        }
        return null;
    }

    private static BinaryShare of(String path, GraphFormat format, int task, int tasks) throws BspException {
        if (FileStores.split(path).size() != 1 || !FileStores.isLocal(path)) {
            throw BspException.user(
                    "a binary graph is one file that every groom can map, file:/..., not '%s'; load text from elsewhere",
                    path);
        }
        Path file = FileStores.local(path);
        BinaryGraph graph = BinaryGraph.open(file);
        String problem = null;
        if (format.weighted() && !graph.isWeighted()) {
            problem = "has no weights; convert it with --weighted";
        } else if (format.forced() == IdForm.LONG && graph.form() == IdForm.TEXT) {
            problem = "has ids that are not whole numbers, as ids of the form long are";
        }
        if (problem != null) {
            graph.close();
            throw BspException.user("%s %s", file, problem);
        }
        return new BinaryShare(
                graph,
                cut(graph.vertices(), task, tasks),
                cut(graph.vertices(), task + 1, tasks),
                cut(graph.edges(), task, tasks),
                cut(graph.edges(), task + 1, tasks));
    }

    private static long cut(long all, int task, int tasks) {
        return all / tasks * task + all % tasks * task / tasks;
    }

    @Override
    public void close() throws BspException {
        graph.close();
    }
}
