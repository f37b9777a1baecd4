/**
 * The master's view of grooms: {@link io.valiant.master.groom.GroomManager} keeps the registry, incarnations, leases and the
 * directives on their way; {@link io.valiant.master.groom.NodeMonitor} their health and load. Part of the core: stepped by
 * its one owner. Knows attempts only as what occupies slots.
 */
package io.valiant.master.groom;
