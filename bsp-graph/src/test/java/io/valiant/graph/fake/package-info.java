/** Tasks of one job as threads of the test: exchange, files and output in memory, with chance delays from a seed. */
package io.valiant.graph.fake;
