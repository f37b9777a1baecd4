/** What runs of vertex programs of every kind do between supersteps: all-reduces, aggregators, how far they have come. */
package io.valiant.graph.step;
