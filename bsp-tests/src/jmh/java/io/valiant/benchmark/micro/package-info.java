/** Microbenchmarks of the data plane, by JMH: {@code bin/benchmark --micro}. */
package io.valiant.benchmark.micro;
