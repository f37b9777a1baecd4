/**
 * The master's deterministic core: {@link io.valiant.master.core.MasterCore} takes {@link io.valiant.master.core.MasterEvent}s
 * and yields {@link io.valiant.master.core.MasterRecord}s to store and {@link io.valiant.master.core.MasterEffect}s to carry
 * out once they are stored. Run by the event loop of the daemon, or by the simulator.
 */
package io.valiant.master.core;
