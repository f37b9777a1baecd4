/**
 * Inputs and outputs of plain and superstep programs: records of any format ({@link io.valiant.task.data.Inputs}), dealt out
 * to tasks by key where the job wants it, joined; and {@link io.valiant.task.data.Outputs}. All of it belongs to the
 * program's thread.
 */
package io.valiant.task.data;
