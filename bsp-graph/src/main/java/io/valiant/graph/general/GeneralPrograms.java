package io.valiant.graph.general;

import io.valiant.bsp.BspException;
import io.valiant.bsp.Combiner;
import io.valiant.bsp.JobInput;
import io.valiant.bsp.KeyedCombiner;
import io.valiant.graph.AdjacencyReader;
import io.valiant.graph.Edge;
import io.valiant.graph.EdgeListReader;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexReader;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import io.valiant.time.Clock;
import java.lang.reflect.Constructor;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.io.Writable;

/** Makes runs of programs that extend {@link VertexProgram}. */
public final class GeneralPrograms {
    private GeneralPrograms() {}

    /**
     * A new run.
     *
     * @param iterations supersteps of messages at most
     */
    public static TaskProgram create(VertexProgram<?, ?, ?, ?> made, TaskContext context, Clock clock, long iterations)
            throws BspException {
        @SuppressWarnings("unchecked")
        VertexProgram<Writable, Writable, Writable, Writable> program =
                (VertexProgram<Writable, Writable, Writable, Writable>) made;
        String messageClass = context.assignment().spec().messageClass();
        Types<Writable, Writable, Writable, Writable> types = Types.of(program.getClass(), messageClass);
        name(program.getClass().getClassLoader(), types);
        Parts<Writable, Writable, Writable, Writable> parts =
                new Parts<>(reader(program, context), combiner(program, context));
        return new GeneralRun<>(program, types, parts, context, clock, iterations);
    }

    /**
     * Makes a program's class loader know what its methods call. Code that is compiled before it does keeps no profile of such
     * calls, so that a loop over messages would be optimised without what it calls in it, and stay so.
     */
    private static void name(ClassLoader loader, Types<?, ?, ?, ?> types) {
        List<Class<?>> called = List.of(
                Iterable.class,
                Iterator.class,
                Edge.class,
                types.id().type(),
                types.value().type(),
                types.edge().type(),
                types.message().type());
        for (Class<?> one : called) {
            try {
                Class.forName(one.getName(), false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                // if the program needs it, the program will say so; without it, it is slower at most
            }
        }
    }

    private static VertexReader<Writable, Writable, Writable> reader(
            VertexProgram<Writable, Writable, Writable, Writable> program, TaskContext context) throws BspException {
        List<JobInput> inputs = context.assignment().spec().inputs();
        if (inputs.isEmpty()) {
            throw BspException.user(
                    "the job has no input; give it one with GraphJob.vertices and edges, or adjacency (--input)");
        }
        VertexReader<Writable, Writable, Writable> own = program.reader();
        if (own != null) {
            return own;
        }
        return inputs.stream().anyMatch(input -> input.name().equals(GraphSettings.EDGES))
                ? new EdgeListReader<>()
                : new AdjacencyReader<>();
    }

    /** The program's own, or the one that the job names. */
    @SuppressWarnings("unchecked")
    private static Combiner<Writable> combiner(
            VertexProgram<Writable, Writable, Writable, Writable> program, TaskContext context) throws BspException {
        Combiner<Writable> own = program.combiner();
        String named = context.assignment().spec().combinerClass();
        if (own != null || named == null) {
            return withoutKeys(own);
        }
        try {
            Class<?> type = Class.forName(named, true, program.getClass().getClassLoader());
            if (!Combiner.class.isAssignableFrom(type)) {
                throw BspException.user("the combiner class %s is not a Combiner", named);
            }
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return withoutKeys((Combiner<Writable>) constructor.newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new BspException(
                    BspException.Kind.USER,
                    "the combiner class " + named + " cannot be made: " + e
                            + "; it needs a constructor without arguments",
                    e);
        }
    }

    /** Messages are combined by the vertex they go to, and by nothing else. */
    private static Combiner<Writable> withoutKeys(Combiner<Writable> combiner) throws BspException {
        if (combiner instanceof KeyedCombiner) {
            throw BspException.user(
                    "the combiner %s has keys, which messages to a vertex are not combined by; make it a Combiner",
                    combiner.getClass().getName());
        }
        return combiner;
    }
}
