package io.valiant.master.web;

/**
 * A job to be tried out; in JSON this record in snake_case.
 *
 * @param tasks how many
 * @param selector which grooms may run it, or null
 * @param priority higher goes first; 0 unless told
 */
public record ScheduleQuestion(Integer tasks, String selector, Integer priority) {}
