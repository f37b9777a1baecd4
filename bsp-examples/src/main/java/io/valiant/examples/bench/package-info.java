/**
 * The parameters of the BSP cost model, measured by programs as users write them: each is a job, and task 0 tells what it
 * measured by counters of the group {@code bench}, see {@link io.valiant.examples.bench.Figure}.
 */
package io.valiant.examples.bench;
