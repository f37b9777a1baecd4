package io.valiant.protocol;

import java.time.Instant;

/**
 * Something that happened in the cluster, for people; in JSON this record in snake_case.
 *
 * @param number rising by one; as long as the master's process lives
 * @param at when
 * @param kind a word such as {@code JOB_SUBMITTED} or {@code GROOM_LOST}
 * @param job it is about, or null
 * @param groom it is about, or null
 * @param message one line
 */
public record ClusterEvent(long number, Instant at, String kind, String job, String groom, String message) {}
