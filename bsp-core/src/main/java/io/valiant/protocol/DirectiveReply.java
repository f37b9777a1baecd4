package io.valiant.protocol;

/**
 * A groom's answer to a pushed {@link DirectiveBatch}.
 *
 * @param accepted false: older epoch or incarnation, or a gap in the numbers; the heartbeat will repeat
 * @param applied number of the last directive applied in that epoch
 */
public record DirectiveReply(boolean accepted, long applied) {}
