package io.valiant.graph.engine;

import io.valiant.graph.PrimitiveVertexProgram;

/** Finds out whether a program overrides {@code alongEdge}: where it does not, edges cost no call. */
final class AlongEdges {
    private AlongEdges() {}

    static boolean changes(PrimitiveVertexProgram program, Class<?> message) {
        try {
            Class<?> declaring = program.getClass()
                    .getMethod("alongEdge", message, double.class)
                    .getDeclaringClass();
            return declaring.getSuperclass() != PrimitiveVertexProgram.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
