/**
 * Jobs and what becomes of them. {@link io.valiant.master.job.JobManager} names and queues them,
 * {@link io.valiant.master.job.JobInProgress} is one of them, {@link io.valiant.master.job.TaskInProgress} one of its
 * tasks, {@link io.valiant.master.job.AttemptInProgress} one execution of it. Part of the core: stepped by its one owner.
 *
 * <p>A job is level-triggered: whatever happened is written into its fields, and then {@code JobInProgress.advance} does
 * what its fields call for and was not done yet in this leadership. So a restart is the same code as any other day.
 */
package io.valiant.master.job;
