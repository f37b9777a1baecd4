/**
 * The worker daemon: {@link io.valiant.groom.GroomServer} is its main, {@link io.valiant.groom.GroomDaemon} wires its
 * parts. The core decides in one thread ({@code groom-core}); children, connections, calls and disks have their own.
 */
package io.valiant.groom;
