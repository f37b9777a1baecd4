/** The algorithms that {@code bsp graph} runs, as LDBC Graphalytics defines them. Each is an ordinary vertex program. */
package io.valiant.graph.algorithm;
