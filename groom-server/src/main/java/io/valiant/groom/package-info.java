/** The worker daemon: its wiring and entry point. */
package io.valiant.groom;
