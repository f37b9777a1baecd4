package io.valiant.master;

import io.valiant.master.core.MasterReply;
import io.valiant.master.rpc.Answer;
import io.valiant.protocol.ErrorCode;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one leadership that wait for their answer. Each is answered once. Any thread. */
final class PendingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PendingCalls.class);

    private final ConcurrentHashMap<Long, Pending<?>> pending = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private volatile boolean closed;

    private record Pending<T>(Answer<T> answer, Function<MasterReply, T> read) {
        void done(MasterReply reply) {
            answer.done(read.apply(reply));
        }
    }

    /** Takes a call in; its number. After {@link #close} it is refused at once. */
    <T> long open(Answer<T> answer, Function<MasterReply, T> read) {
        long call = last.incrementAndGet();
        pending.put(call, new Pending<>(answer, read));
        if (closed) {
            refuse(call);
        }
        return call;
    }

    void done(long call, MasterReply reply) {
        Pending<?> waiting = pending.remove(call);
        if (waiting != null) {
            guarded(call, () -> waiting.done(reply));
        }
    }

    void refused(long call, String code, String message) {
        Pending<?> waiting = pending.remove(call);
        if (waiting != null) {
            guarded(call, () -> waiting.answer().refused(code, message));
        }
    }

    /** The leadership is over: nobody will answer any more. */
    void close() {
        closed = true;
        for (Long call : pending.keySet()) {
            refuse(call);
        }
    }

    private void refuse(long call) {
        refused(call, ErrorCode.NO_LEADER.code(), "the master is loading its state; try again");
    }

    /** A caller that is gone must not end the leadership. */
    private static void guarded(long call, Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException e) {
            LOG.warn("[master] the answer to call {} could not be given", call, e);
        }
    }
}
