package io.valiant.master.groom;

import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Directives on their way to one incarnation of a groom in one epoch: numbered from 1, kept until applied. At most one
 * push is under way; heartbeats repeat whatever a push did not deliver.
 */
final class DirectiveOutbox {
    /** Limits a message: the rest follows. */
    private static final int MAX_PER_BATCH = 128;

    private final ArrayDeque<Directive> waiting = new ArrayDeque<>();
    private long firstWaiting = 1;
    private boolean pushUnderWay;
    private long pushedUpTo;
    private boolean pushDue;

    /** Adds a directive; its number. */
    long add(Directive directive) {
        waiting.add(directive);
        pushDue = true;
        return lastNumber();
    }

    /** The number of the newest directive; 0 before the first. */
    long lastNumber() {
        return firstWaiting + waiting.size() - 1;
    }

    boolean hasApplied(long number) {
        return number < firstWaiting;
    }

    /** The groom has applied all up to that number. */
    void acknowledge(long applied) {
        while (firstWaiting <= applied && !waiting.isEmpty()) {
            waiting.poll();
            firstWaiting++;
        }
        if (applied >= pushedUpTo) {
            pushUnderWay = false;
        }
    }

    /** The oldest unapplied directives, for an answer; may be empty. */
    DirectiveBatch unapplied(long epoch, long incarnation) {
        List<Directive> batch = new ArrayList<>();
        for (Directive directive : waiting) {
            if (batch.size() == MAX_PER_BATCH) {
                break;
            }
            batch.add(directive);
        }
        return new DirectiveBatch(epoch, incarnation, firstWaiting, batch);
    }

    /** What should be pushed now, or null. */
    DirectiveBatch nextPush(long epoch, long incarnation) {
        if (!pushDue || pushUnderWay || waiting.isEmpty()) {
            return null;
        }
        DirectiveBatch batch = unapplied(epoch, incarnation);
        pushUnderWay = true;
        pushDue = false;
        pushedUpTo = batch.first() + batch.directives().size() - 1;
        return batch;
    }

    /** A push was answered; after a good answer what is left is due, after a bad one the heartbeat will repeat. */
    void pushed(boolean accepted, long applied) {
        pushUnderWay = false;
        if (accepted) {
            acknowledge(applied);
            pushDue = !waiting.isEmpty();
        }
    }
}
