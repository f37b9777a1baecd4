package io.valiant.protocol;

import java.time.Instant;

/**
 * One roll-back of a job; in JSON this record in snake_case.
 *
 * @param generation that began with it
 * @param at when
 * @param superstep from which it goes on: that of a checkpoint, or the job's first, which is below 0 where
 *     records are dealt out by key
 * @param cause why, in one line
 * @param attempt that was at fault, or null
 * @param charged whether its task was charged
 */
public record RollBackStatus(
        long generation, Instant at, long superstep, String cause, String attempt, boolean charged) {}
