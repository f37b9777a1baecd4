/** Vertex programs and the graph engine that runs them on peers. */
package io.valiant.graph;
