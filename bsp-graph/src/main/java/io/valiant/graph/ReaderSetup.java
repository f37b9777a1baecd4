package io.valiant.graph;

import io.valiant.bsp.Settings;

/**
 * What a {@link VertexReader} is told before the first line.
 *
 * @param settings the job's
 * @param idClass the program's class of ids
 * @param valueClass the program's class of values of vertices
 * @param edgeClass the program's class of values of edges
 */
public record ReaderSetup(Settings settings, Class<?> idClass, Class<?> valueClass, Class<?> edgeClass) {}
