package io.valiant.client;

import io.valiant.bsp.BspException.Kind;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.concurrent.RandomSource;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a client says to masters that come and go: every request is repeated until it is answered or the time for it is
 * over. A submission carries an idempotency key from its first try, so it is one job however often it is said. Following a
 * job is one long poll after another, and goes on over a restart of the master. Stores nothing.
 */
public final class ClientCore implements Core<ClientEvent, Void, ClientEffect> {
    private final ClientConfig config;
    private final RandomSource random;
    private final TreeMap<Long, Pending> pendings = new TreeMap<>();

    public ClientCore(ClientConfig config, RandomSource random) {
        this.config = Objects.requireNonNull(config, "config");
        this.random = Objects.requireNonNull(random, "random");
    }

    @Override
    public void handle(ClientEvent event, long nowNs, Output<Void, ClientEffect> out) {
        if (event instanceof ClientEvent.Ask ask) {
            begin(new Pending(ask.number(), prepared(ask.request()), null, nowNs), nowNs, out);
        } else if (event instanceof ClientEvent.Follow follow) {
            begin(new Pending(follow.number(), null, follow, nowNs), nowNs, out);
        } else if (event instanceof ClientEvent.Forget forget) {
            pendings.remove(forget.number());
        } else if (event instanceof ClientEvent.Answered answered) {
            Pending pending = pendings.get(answered.number());
            if (pending != null) {
                answered(pending, answered, nowNs, out);
            }
        } else if (event instanceof ClientEvent.Failed failed) {
            Pending pending = pendings.get(failed.number());
            if (pending != null && pending.waiting && pending.attempt == failed.attempt()) {
                failed(pending, failed.code(), failed.message(), nowNs, out);
            }
        } else {
            throw new AssertionError(event);
        }
    }

    private ClientRequest prepared(ClientRequest request) {
        if (request instanceof ClientRequest.Submit submit && submit.spec().idempotencyKey() == null) {
            JobSpec keyed = submit.spec().withIdempotencyKey(random.hex128());
            return new ClientRequest.Submit(keyed);
        }
        return request;
    }

    private void begin(Pending pending, long nowNs, Output<Void, ClientEffect> out) {
        if (pendings.put(pending.number, pending) != null) {
            throw new IllegalArgumentException("request " + pending.number + " is there already");
        }
        pending.pauseNs = config.firstPauseNs();
        send(pending, nowNs, out);
    }

    private void send(Pending pending, long nowNs, Output<Void, ClientEffect> out) {
        pending.attempt++;
        pending.waiting = true;
        pending.sentAtNs = nowNs;
        pending.wakeAtNs = nowNs + config.callTimeoutNs();
        if (!pending.endless()) {
            pending.wakeAtNs = Math.min(pending.wakeAtNs, pending.follow.untilNs());
        }
        if (pending.follow != null) {
            // a poll as long as a call may take would be taken for silence
            long step = Math.min(pending.follow.stepNs(), config.callTimeoutNs() / 2);
            long left = pending.endless() ? step : pending.follow.untilNs() - nowNs;
            pending.request = new ClientRequest.Await(pending.follow.job(), Math.max(0, Math.min(step, left)));
        }
        out.effect(new ClientEffect.Send(pending.number, pending.attempt, pending.request));
    }

    private void answered(Pending pending, ClientEvent.Answered answered, long nowNs, Output<Void, ClientEffect> out) {
        if (pending.follow == null || answered.last()) {
            // whichever try it answers: they all asked the same
            pendings.remove(pending.number);
            out.effect(new ClientEffect.Deliver(pending.number, answered.answer()));
            return;
        }
        if (!pending.waiting || pending.attempt != answered.attempt()) {
            return;
        }
        pending.heardAtNs = nowNs;
        pending.pauseNs = config.firstPauseNs();
        pending.lastFailure = null;
        out.effect(new ClientEffect.Tell(pending.number, answered.answer()));
        if (pending.isOver(nowNs)) {
            pendings.remove(pending.number);
            out.effect(new ClientEffect.Deliver(pending.number, null));
            return;
        }
        long askedNs = ((ClientRequest.Await) pending.request).atMostNs();
        if (nowNs - pending.sentAtNs >= askedNs / 2) {
            send(pending, nowNs, out);
        } else {
            // answered too early: a master that does not wait must not be asked without pause
            pending.waiting = false;
            pending.wakeAtNs = pending.sentAtNs + askedNs / 2;
        }
    }

    private void failed(Pending pending, ErrorCode code, String message, long nowNs, Output<Void, ClientEffect> out) {
        pending.waiting = false;
        if (code.kind() != Kind.RETRIABLE) {
            pendings.remove(pending.number);
            out.effect(
                    pending.isDoneBefore(code)
                            ? new ClientEffect.Deliver(pending.number, null)
                            : new ClientEffect.Refuse(pending.number, code, message));
            return;
        }
        pending.doubtful |= code != ErrorCode.NO_LEADER;
        pending.lastFailure = message;
        pending.wakeAtNs = Math.min(nowNs + pending.pauseNs, pending.heardAtNs + config.timeoutNs());
        if (!pending.endless()) {
            pending.wakeAtNs = Math.min(pending.wakeAtNs, pending.follow.untilNs());
        }
        pending.pauseNs = Math.min(2 * pending.pauseNs, config.longestPauseNs());
    }

    @Override
    public void tick(long nowNs, Output<Void, ClientEffect> out) {
        List<Pending> due = new ArrayList<>();
        for (Pending pending : pendings.values()) {
            if (pending.wakeAtNs - nowNs <= 0) {
                due.add(pending);
            }
        }
        for (Pending pending : due) {
            if (pending.waiting && !pending.isOver(nowNs)) {
                String silence = pending.lastFailure == null
                        ? "the master at " + config.master() + " gives no answer; is it overloaded or stopped?"
                        : pending.lastFailure;
                failed(pending, ErrorCode.TIMED_OUT, silence, nowNs, out);
            }
            if (pending.wakeAtNs - nowNs <= 0) {
                wake(pending, nowNs, out);
            }
        }
    }

    private void wake(Pending pending, long nowNs, Output<Void, ClientEffect> out) {
        if (pending.isOver(nowNs)) {
            pendings.remove(pending.number);
            out.effect(new ClientEffect.Deliver(pending.number, null));
        } else if (pending.lastFailure != null && pending.heardAtNs + config.timeoutNs() - nowNs <= 0) {
            pendings.remove(pending.number);
            long triedMs = (nowNs - pending.heardAtNs) / 1_000_000;
            String message = pending.lastFailure + " (tried for " + triedMs + " ms)";
            out.effect(new ClientEffect.Refuse(pending.number, ErrorCode.UNREACHABLE, message));
        } else {
            send(pending, nowNs, out);
        }
    }

    @Override
    public long nextDeadlineNs() {
        long next = NO_DEADLINE;
        for (Pending pending : pendings.values()) {
            next = Math.min(next, pending.wakeAtNs);
        }
        return next;
    }

    /** How many requests are not ended. */
    public int size() {
        return pendings.size();
    }

    /** A request that has not ended. */
    private static final class Pending {
        private final long number;

        /** A job to follow, or null. */
        private final ClientEvent.Follow follow;

        private ClientRequest request;
        private int attempt;

        /** A call is under way; otherwise the next is to be made at {@code wakeAtNs}. */
        private boolean waiting;

        /** A call was not answered, and may have been carried out. */
        private boolean doubtful;

        private long sentAtNs;
        private long wakeAtNs;

        /** When the master answered last, or the request began. */
        private long heardAtNs;

        private long pauseNs;

        /** Of the tries since {@code heardAtNs}, or null. */
        private String lastFailure;

        private Pending(long number, ClientRequest request, ClientEvent.Follow follow, long nowNs) {
            this.number = number;
            this.request = request;
            this.follow = follow;
            this.heardAtNs = nowNs;
        }

        private boolean endless() {
            return follow == null || follow.untilNs() == Long.MAX_VALUE;
        }

        /** The caller has waited long enough. */
        private boolean isOver(long nowNs) {
            return !endless() && follow.untilNs() - nowNs <= 0;
        }

        /** The refusal says that an earlier, unanswered try did what was asked. */
        private boolean isDoneBefore(ErrorCode code) {
            boolean ended = request instanceof ClientRequest.EndAttempt || request instanceof ClientRequest.StopAttempt;
            return doubtful
                    && ((request instanceof ClientRequest.Cancel && code == ErrorCode.JOB_ENDED)
                            || (ended && code == ErrorCode.ATTEMPT_ENDED)
                            || (request instanceof ClientRequest.ResumeTask && code == ErrorCode.TASK_NOT_STOPPED)
                            || (request instanceof ClientRequest.RemoveGroom && code == ErrorCode.GROOM_NOT_FOUND));
        }
    }
}
