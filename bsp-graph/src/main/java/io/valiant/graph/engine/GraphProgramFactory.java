package io.valiant.graph.engine;

import io.valiant.bsp.BspException;
import io.valiant.bsp.JobInput;
import io.valiant.graph.Combination;
import io.valiant.graph.Combine;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.LongMessagesProgram;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.Monotone;
import io.valiant.graph.PrimitiveVertexProgram;
import io.valiant.graph.ValuesAreLabels;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.general.GeneralPrograms;
import io.valiant.task.ProgramFactory;
import io.valiant.task.RehearsedJob;
import io.valiant.task.TaskContext;
import io.valiant.task.TaskProgram;
import io.valiant.time.SystemClock;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs vertex programs: jobs of type {@value io.valiant.graph.GraphSettings#JOB_TYPE}. */
public final class GraphProgramFactory implements ProgramFactory {
    @Override
    public String type() {
        return GraphSettings.JOB_TYPE;
    }

    @Override
    public boolean accepts(Class<?> programClass) {
        return PrimitiveVertexProgram.class.isAssignableFrom(programClass)
                || VertexProgram.class.isAssignableFrom(programClass);
    }

    @Override
    public List<RehearsedJob> rehearsals() {
        return RehearsedGraphs.jobs();
    }

    @Override
    public TaskProgram create(Class<?> programClass, TaskContext context) throws BspException {
        if (!accepts(programClass)) {
            throw BspException.user(
                    "%s is not a vertex program: it must extend VertexProgram, DoubleVertexProgram, LongVertexProgram"
                            + " or IntVertexProgram",
                    programClass.getName());
        }
        if (VertexProgram.class.isAssignableFrom(programClass)) {
            VertexProgram<?, ?, ?, ?> program = newProgram(programClass, VertexProgram.class);
            return GeneralPrograms.create(
                    program, context, SystemClock.INSTANCE, GraphRun.iterations(context.settings()));
        }
        if (context.assignment().spec().combinerClass() != null) {
            throw BspException.user(
                    "%s has primitive messages, which combine as its @Combine says: leave the job's combiner %s out",
                    programClass.getName(), context.assignment().spec().combinerClass());
        }
        Combine combine = programClass.getAnnotation(Combine.class);
        boolean seesAll = LongMessagesProgram.class.isAssignableFrom(programClass);
        if (combine == null && !seesAll) {
            throw BspException.user(
                    "%s does not say how its messages combine: annotate it with @Combine", programClass.getName());
        }
        if (programClass.isAnnotationPresent(ValuesAreLabels.class)
                && !seesAll
                && !LongVertexProgram.class.isAssignableFrom(programClass)) {
            throw BspException.user(
                    "%s is marked with @ValuesAreLabels, which is for programs of longs", programClass.getName());
        }
        if (combine != null && seesAll) {
            throw BspException.user(
                    "%s is marked with @Combine, but a LongMessagesProgram is given every message",
                    programClass.getName());
        }
        if (programClass.isAnnotationPresent(Monotone.class)
                && (combine == null || combine.value() != Combination.MIN)) {
            throw BspException.user(
                    "%s is marked with @Monotone, which is for programs with @Combine(MIN)", programClass.getName());
        }
        requireInput(context);
        List<PrimitiveVertexProgram> programs = new ArrayList<>();
        for (int thread = TaskThreads.of(context); thread > 0; thread--) {
            programs.add(newProgram(programClass, PrimitiveVertexProgram.class));
        }
        return new GraphRun(programs, combine == null ? null : combine.value(), context, SystemClock.INSTANCE);
    }

    /** Vertices and edges, or lines with both. */
    private static void requireInput(TaskContext context) throws BspException {
        Set<String> names = new TreeSet<>();
        for (JobInput input : context.assignment().spec().inputs()) {
            names.add(input.name());
        }
        if (names.contains(GraphSettings.BINARY)
                || names.contains(GraphSettings.ADJACENCY)
                || names.contains(GraphSettings.INPUT)) {
            return;
        }
        for (String name : List.of(GraphSettings.VERTICES, GraphSettings.EDGES)) {
            if (!names.contains(name)) {
                throw BspException.user(
                        "the job has no input '%s'; give it one with GraphJob.%s, or both in one with GraphJob.%s",
                        name, name, GraphSettings.ADJACENCY);
            }
        }
    }

    private static <P> P newProgram(Class<?> programClass, Class<P> base) throws BspException {
        try {
            Constructor<?> constructor = programClass.getDeclaredConstructor();
            constructor.setAccessible(true);
            return base.cast(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    programClass.getName() + " could not be made: " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new BspException(
                    BspException.Kind.USER,
                    programClass.getName() + " needs a constructor without arguments and must not be abstract",
                    e);
        }
    }
}
