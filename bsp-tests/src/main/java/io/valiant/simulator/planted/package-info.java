/**
 * Bugs that are planted into the cores' classes while they are loaded, to see that the simulator finds them. Production code
 * knows nothing of it. Entry: {@link io.valiant.simulator.planted.Bugs}.
 */
package io.valiant.simulator.planted;
