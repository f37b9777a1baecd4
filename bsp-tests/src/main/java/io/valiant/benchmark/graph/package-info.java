/** Graphs as benchmarks need them: files, edges in arrays, answers of plain single-threaded algorithms, results as written. */
package io.valiant.benchmark.graph;
