/**
 * The groom's deterministic core: registration, heartbeats, holding, directives, slots, attempts and the supervision of
 * children by exit and ping. It decides; launching, killing and talking are effects.
 */
package io.valiant.groom.core;
