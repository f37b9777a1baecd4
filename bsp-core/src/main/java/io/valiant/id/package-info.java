/** The names of things that live longer than a process: jobs, tasks, attempts, grooms. Immutable values, safe in any thread. */
package io.valiant.id;
