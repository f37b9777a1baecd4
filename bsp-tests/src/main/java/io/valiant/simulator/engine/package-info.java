/**
 * The ground a simulated cluster stands on: virtual time, seeded chance, processes, hosts, calls and streams. One thread
 * owns a whole world; nothing here knows what runs in it.
 */
package io.valiant.simulator.engine;
