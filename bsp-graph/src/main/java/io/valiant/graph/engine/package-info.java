/**
 * The engine under vertex programs: loads a graph into arrays, runs supersteps on an {@link io.valiant.exchange.Exchange}.
 *
 * <p>A task owns the vertices whose id hashes to it, numbered densely by descending degree. Edges from one task's vertices to
 * another's are a {@link io.valiant.graph.engine.Segment}: rows by source, columns by target. It lies with the receiver, who
 * is sent one value for each source (its mirrors), or, where that is less, with the sender, who sends one combined value for
 * each target. Either way the messages to a vertex are folded first within each sending task in order of the sources'
 * numbers, then over tasks by index: push, pull and both placements compute the same, bit for bit.
 *
 * <p>What differs by primitive type lies in three classes of each kind ({@code …Block}, {@code …Cursor}, {@code …Lane}):
 * alike but for the type, so that loops run over primitives without boxing. Everything here is used by the program's thread,
 * but for the parsers of the loader. Entry: {@link io.valiant.graph.engine.GraphProgramFactory}.
 */
package io.valiant.graph.engine;
