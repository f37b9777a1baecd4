package io.valiant.graph.engine;

import io.valiant.graph.DoubleVertexProgram;
import io.valiant.graph.LongVertexProgram;
import io.valiant.graph.PrimitiveVertexProgram;

/** Finds out whether a program overrides {@code alongEdge}: where it does not, edges cost no call. */
final class AlongEdges {
    private AlongEdges() {}

    /** Of a program that combines. */
    static boolean changes(PrimitiveVertexProgram program) {
        try {
            Class<?> declaring = program.getClass()
                    .getMethod("alongEdge", message(program), double.class)
                    .getDeclaringClass();
            return declaring.getSuperclass() != PrimitiveVertexProgram.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> message(PrimitiveVertexProgram program) {
        if (program instanceof DoubleVertexProgram) {
            return double.class;
        }
        return program instanceof LongVertexProgram ? long.class : int.class;
    }
}
