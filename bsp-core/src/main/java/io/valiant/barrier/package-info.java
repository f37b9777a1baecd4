/** The barrier's state: who has arrived with what, and whether all that was sent has come. Pure; used by the links' owner. */
package io.valiant.barrier;
