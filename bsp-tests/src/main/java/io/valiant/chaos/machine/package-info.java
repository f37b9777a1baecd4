/** What the process tests do to a machine: commands, signals, disks, connections, waiting. Knows nothing of Valiant. */
package io.valiant.chaos.machine;
