/** The whole cluster in one thread, on virtual time, from one seed. */
package io.valiant.simulator;
