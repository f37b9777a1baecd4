package io.valiant.state;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The legal transitions of one life cycle. Immutable; the state itself is kept by its owner.
 *
 * @param <S> the states
 */
public final class Transitions<S extends Enum<S>> {
    private final Map<S, Set<S>> successors;

    private Transitions(Map<S, Set<S>> successors) {
        this.successors = successors;
    }

    /** A table to be filled; states without an entry are final. */
    public static <S extends Enum<S>> Builder<S> of(Class<S> states) {
        return new Builder<>(states);
    }

    /**
     * The state after the step; staying is no step and always legal.
     *
     * @param owner what the state belongs to, for the message
     * @throws IllegalStateException the table does not have it: a bug in the caller
     */
    public S move(S from, S to, Object owner) {
        if (from != to && !isLegal(from, to)) {
            throw new IllegalStateException(owner + " cannot go from " + from + " to " + to);
        }
        return to;
    }

    /** Whether the table has that step. */
    public boolean isLegal(S from, S to) {
        return successors.getOrDefault(from, Collections.emptySet()).contains(to);
    }

    /** Whether no state may follow. */
    public boolean isFinal(S state) {
        return !successors.containsKey(state);
    }

    /** Collects a table. */
    public static final class Builder<S extends Enum<S>> {
        private final EnumMap<S, Set<S>> successors;

        private Builder(Class<S> states) {
            this.successors = new EnumMap<>(states);
        }

        /** States that may follow {@code from}. */
        @SafeVarargs
        public final Builder<S> from(S from, S first, S... others) {
            Set<S> after = successors.computeIfAbsent(from, state -> EnumSet.noneOf(state.getDeclaringClass()));
            after.add(first);
            for (S other : others) {
                after.add(other);
            }
            return this;
        }

        public Transitions<S> build() {
            return new Transitions<>(new EnumMap<>(successors));
        }
    }
}
