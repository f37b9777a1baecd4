/**
 * What the master's core has others do: files of jobs, directives to grooms. Runs in worker threads or calls without waiting;
 * every result goes back as an event.
 */
package io.valiant.master.work;
