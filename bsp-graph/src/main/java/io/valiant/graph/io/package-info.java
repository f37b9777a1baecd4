/**
 * Graphs as text: ids and their order, lines parsed from bytes, results as lines, and the generator of test graphs. No
 * object for a vertex, an edge or a line. Nothing here knows of peers.
 */
package io.valiant.graph.io;
