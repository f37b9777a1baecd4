/**
 * Placement: {@link io.valiant.master.schedule.TaskScheduler} is a function of a queue and a view of the cluster. It keeps
 * nothing and knows nothing of attempts, so it can be tried on any cluster.
 */
package io.valiant.master.schedule;
