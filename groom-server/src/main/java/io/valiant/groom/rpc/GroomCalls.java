package io.valiant.groom.rpc;

import io.valiant.groom.core.GroomEffect;
import io.valiant.groom.core.GroomEvent;
import io.valiant.groom.launch.LogStore;
import io.valiant.id.AttemptId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.GroomProtocol;
import io.valiant.protocol.LogChunk;
import io.valiant.protocol.LogStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the worker server hands on: directives to the core, reading of logs to the disk's threads. Safe in any thread.
 */
public final class GroomCalls implements GroomProtocol {
    private final Consumer<GroomEvent> core;
    private final LogStore logs;
    private final Executor disk;
    private final Function<AttemptId, CompletableFuture<String>> stacks;
    private final AtomicLong lastCall = new AtomicLong();
    private final Map<Long, CompletableFuture<DirectiveReply>> pushes = new ConcurrentHashMap<>();
    private volatile boolean open;

    /**
     * @param core takes events, without blocking
     * @param disk threads that may wait for the disk
     * @param stacks of the threads of an attempt's JVM
     */
    public GroomCalls(
            Consumer<GroomEvent> core,
            LogStore logs,
            Executor disk,
            Function<AttemptId, CompletableFuture<String>> stacks) {
        this.core = core;
        this.logs = logs;
        this.disk = disk;
        this.stacks = stacks;
    }

    /** The core runs: directives are handed to it from now on. */
    public void open() {
        open = true;
    }

    @Override
    public CompletableFuture<DirectiveReply> direct(DirectiveBatch batch) {
        if (!open) {
            return CompletableFuture.failedFuture(ErrorCode.UNREACHABLE.with("this groom is starting"));
        }
        long call = lastCall.incrementAndGet();
        CompletableFuture<DirectiveReply> answer = new CompletableFuture<>();
        pushes.put(call, answer);
        core.accept(new GroomEvent.Pushed(call, batch));
        return answer;
    }

    /** The core's answer to a push. */
    public void answer(GroomEffect.AnswerPush answer) {
        CompletableFuture<DirectiveReply> waiting = pushes.remove(answer.call());
        if (waiting != null) {
            waiting.complete(answer.reply());
        }
    }

    @Override
    public CompletableFuture<String> threads(AttemptId attempt) {
        return stacks.apply(attempt);
    }

    @Override
    public CompletableFuture<LogChunk> readLog(AttemptId attempt, LogStream stream, long offset, int length) {
        CompletableFuture<LogChunk> answer = new CompletableFuture<>();
        disk.execute(() -> {
            try {
                answer.complete(logs.read(attempt, stream, offset, length));
            } catch (CallException e) {
                answer.completeExceptionally(e);
            } catch (IOException e) {
                answer.completeExceptionally(new CallException(
                        ErrorCode.INTERNAL, "cannot read the " + stream.label() + " of " + attempt + ": " + e, e));
            }
        });
        return answer;
    }
}
