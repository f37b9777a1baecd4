package io.valiant.groom.core;

import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.concurrent.Output;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;

/**
 * Applies the master's directives in the order of their numbers, each once. What comes from an older epoch, for another
 * incarnation, or with a gap before it, is refused; the master's next heartbeat reply brings what is missing.
 */
final class Instructor {
    private final Standing standing;
    private final TaskManager tasks;

    Instructor(Standing standing, TaskManager tasks) {
        this.standing = standing;
        this.tasks = tasks;
    }

    DirectiveReply apply(DirectiveBatch batch, long nowNs, Output<Void, GroomEffect> out) {
        boolean ours = batch.incarnation() == standing.incarnation() && batch.incarnation() != 0;
        if (!ours || standing.isPast(batch.epoch())) {
            return new DirectiveReply(false, standing.applied());
        }
        standing.enter(batch.epoch(), batch.incarnation());
        if (batch.first() > standing.applied() + 1) {
            return new DirectiveReply(false, standing.applied());
        }
        long number = batch.first();
        for (Directive directive : batch.directives()) {
            if (number > standing.applied()) {
                apply(directive, nowNs, out);
                standing.appliedOneMore();
            }
            number++;
        }
        return new DirectiveReply(true, standing.applied());
    }

    private void apply(Directive directive, long nowNs, Output<Void, GroomEffect> out) {
        if (directive instanceof Directive.LaunchTask launch) {
            tasks.launch(launch.assignment(), nowNs, out);
        } else if (directive instanceof Directive.RejoinTask rejoin) {
            tasks.rejoin(rejoin.assignment(), out);
        } else if (directive instanceof Directive.TakeCheckpoint take) {
            tasks.takeCheckpoint(take.attempt(), take.generation(), out);
        } else if (directive instanceof Directive.KillAttempt kill) {
            Cause cause = Cause.of(CauseType.PREEMPTED, kill.reason());
            tasks.kill(kill.attempt(), kill.atOnce(), cause, nowNs, out);
        } else if (directive instanceof Directive.PublishPeers publish) {
            tasks.publish(publish.table(), out);
        } else if (directive instanceof Directive.ForgetJob forget) {
            tasks.forget(forget.job(), nowNs, out);
        } else {
            throw new IllegalStateException("unknown directive: " + directive);
        }
    }
}
