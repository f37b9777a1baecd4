package io.valiant.master.groom;

import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
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

    /** Fewer after a batch that came to nothing, which may have been too long to be carried; until all is applied. */
    private int most = MAX_PER_BATCH;

    /** The number with which the last answer began; 0 before the first. */
    private long answeredFrom;

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
        if (waiting.isEmpty()) {
            most = MAX_PER_BATCH;
        }
        if (applied >= pushedUpTo) {
            pushUnderWay = false;
        }
    }

    private void sendFewer() {
        most = Math.max(1, most / 2);
    }

    /** The oldest unapplied directives, for the answer to a heartbeat; may be empty. */
    DirectiveBatch answer(long epoch, long incarnation) {
        if (answeredFrom == firstWaiting && !waiting.isEmpty()) {
            sendFewer();
        }
        answeredFrom = firstWaiting;
        return unapplied(epoch, incarnation);
    }

    private DirectiveBatch unapplied(long epoch, long incarnation) {
        List<Directive> batch = new ArrayList<>();
        for (Directive directive : waiting) {
            if (batch.size() == most) {
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

    /** A push came back; after a good answer what is left is due, after a bad one or none (null) the heartbeat will repeat. */
    void pushed(DirectiveReply reply) {
        pushUnderWay = false;
        if (reply == null) {
            sendFewer();
        } else if (reply.accepted()) {
            acknowledge(reply.applied());
            pushDue = !waiting.isEmpty();
        }
    }
}
