/**
 * Child JVMs: their command, folders, launcher, logs, signals and exits. Entry: {@link
 * io.valiant.groom.launch.ChildProcesses}, whose methods hand work to a pool of its own and answer with events.
 */
package io.valiant.groom.launch;
