/**
 * Plain and superstep programs on an {@link io.valiant.exchange.Exchange}: {@link io.valiant.task.peer.BspProgramFactory} and
 * {@link io.valiant.task.peer.SuperstepProgramFactory}, found by ServiceLoader. All of it belongs to the program's thread,
 * counters excepted.
 */
package io.valiant.task.peer;
