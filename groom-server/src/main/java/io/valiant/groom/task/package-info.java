/** Where children report to their groom: {@link io.valiant.groom.task.TaskReportServer}, one thread, one selector. */
package io.valiant.groom.task;
