/**
 * What programs import: {@link io.valiant.bsp.Bsp}, {@link io.valiant.bsp.SuperstepProgram}, {@link io.valiant.bsp.Peer},
 * {@link io.valiant.bsp.BspJob}; and {@link io.valiant.bsp.Valiant}, for those that deal with a cluster. The model is Valiant's (A bridging model for parallel computation, CACM 33(8), 1990).
 */
package io.valiant.bsp;
