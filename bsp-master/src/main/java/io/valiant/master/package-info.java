/** The master daemon: its wiring and entry point. */
package io.valiant.master;
