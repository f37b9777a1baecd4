/** The only place that reads a clock. Decisions use {@link io.valiant.time.Clock#nanoTime()}; wall time is for showing. */
package io.valiant.time;
