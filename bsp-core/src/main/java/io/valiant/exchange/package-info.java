/**
 * A peer's side of a superstep's communication: what is sent, what has come, and the barrier, in one. Below the programs,
 * above links, messages and barrier. Owned by the program's thread; an I/O thread owns the links while the program computes.
 */
package io.valiant.exchange;
