/**
 * What processes say to each other: immutable values, and the Hadoop IPC interfaces that carry them. Every control
 * message carries the numbers by which its receiver refuses what is older: epoch, incarnation, generation, attempt.
 */
package io.valiant.protocol;
