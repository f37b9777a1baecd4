/** What the machine tells of processes and of itself, by {@code /proc}: Linux only. */
package io.valiant.benchmark.machine;
