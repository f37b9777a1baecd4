/** Who is measured at what: our system through its commands, and the baselines beside it. */
package io.valiant.benchmark.side;
