package io.valiant.client;

import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.CoreLoop;
import io.valiant.concurrent.RandomSource;
import io.valiant.id.JobId;
import io.valiant.protocol.CallException;
import io.valiant.protocol.ClientProtocol;
import io.valiant.protocol.ErrorCode;
import io.valiant.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Runs a {@link ClientCore}: callers' wishes in, calls out. Safe in any thread. */
final class ClientDriver implements AutoCloseable {
    /**
     * A wish that has not ended.
     *
     * @param tell takes statuses of a job that is followed; called in the core's thread
     * @param end what comes in the end
     */
    private record Wish(Consumer<JobStatus> tell, CompletableFuture<Object> end) {}

    /** Nobody waits longer; in nanoseconds, more would overflow. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final ClientProtocol master;
    private final Clock clock;
    private final CoreLoop<ClientEvent, Void, ClientEffect> loop;
    private final AtomicLong lastNumber = new AtomicLong();
    private final ConcurrentHashMap<Long, Wish> wishes = new ConcurrentHashMap<>();
    private volatile CallException broken;

    /** @param master asked once for each try */
    ClientDriver(ClientProtocol master, ClientConfig config, Clock clock, RandomSource random) {
        this.master = master;
        this.clock = clock;
        this.loop = new CoreLoop<ClientEvent, Void, ClientEffect>(
                        "client", new ClientCore(config, random), clock, null, this::carryOut, () -> {}, this::fault)
                .daemon();
    }

    void start() {
        loop.start();
    }

    /** Asks until it is answered, or refused, or the time is over. */
    CompletableFuture<Object> ask(ClientRequest request) {
        long number = lastNumber.incrementAndGet();
        return wish(number, status -> {}, new ClientEvent.Ask(number, request));
    }

    /**
     * Follows a job to its end.
     *
     * @param step longest time between two statuses
     * @param atMost null in the future when it is over; null: no limit
     * @param tell takes statuses before the last; must not block
     */
    CompletableFuture<Object> follow(JobId job, Duration step, Duration atMost, Consumer<JobStatus> tell) {
        long number = lastNumber.incrementAndGet();
        boolean endless = atMost == null || atMost.compareTo(LONGEST_WAIT) > 0;
        long untilNs = endless ? Long.MAX_VALUE : clock.nanoTime() + atMost.toNanos();
        return wish(number, tell, new ClientEvent.Follow(number, job, step.toNanos(), untilNs));
    }

    private CompletableFuture<Object> wish(long number, Consumer<JobStatus> tell, ClientEvent event) {
        CompletableFuture<Object> end = new CompletableFuture<>();
        wishes.put(number, new Wish(tell, end));
        // also when the caller cancels its future
        CompletableFuture<?> unused = end.whenComplete((answer, failure) -> {
            if (wishes.remove(number) != null) {
                loop.post(new ClientEvent.Forget(number));
            }
        });
        loop.post(event);
        if (broken != null) {
            end.completeExceptionally(broken);
        }
        return end;
    }

    private void carryOut(ClientEffect effect) {
        if (effect instanceof ClientEffect.Send send) {
            CompletableFuture<?> unused =
                    call(send.request()).whenComplete((answer, failure) -> loop.post(outcome(send, answer, failure)));
        } else if (effect instanceof ClientEffect.Tell tell) {
            Wish wish = wishes.get(tell.number());
            if (wish != null) {
                wish.tell().accept((JobStatus) tell.answer());
            }
        } else if (effect instanceof ClientEffect.Deliver deliver) {
            Wish wish = wishes.remove(deliver.number());
            if (wish != null) {
                wish.end().complete(deliver.answer());
            }
        } else if (effect instanceof ClientEffect.Refuse refuse) {
            Wish wish = wishes.remove(refuse.number());
            if (wish != null) {
                wish.end().completeExceptionally(refuse.code().with(refuse.message()));
            }
        } else {
            throw new AssertionError(effect);
        }
    }

    private static ClientEvent outcome(ClientEffect.Send send, Object answer, Throwable failure) {
        if (failure != null) {
            CallException e = CallException.of(failure);
            return new ClientEvent.Failed(send.number(), send.attempt(), e.code(), e.getMessage());
        }
        boolean goesOn = send.request() instanceof ClientRequest.Await
                && !((JobStatus) answer).state().isEnded();
        return new ClientEvent.Answered(send.number(), send.attempt(), answer, !goesOn);
    }

    private CompletableFuture<?> call(ClientRequest request) {
        if (request instanceof ClientRequest.Submit r) {
            return master.submit(r.spec());
        } else if (request instanceof ClientRequest.Await r) {
            return master.awaitEnd(r.job(), Duration.ofNanos(r.atMostNs()));
        } else if (request instanceof ClientRequest.Cancel r) {
            return master.cancel(r.job());
        } else if (request instanceof ClientRequest.Delete r) {
            return master.delete(r.job());
        } else if (request instanceof ClientRequest.EndAttempt r) {
            return master.endAttempt(r.attempt(), r.fail());
        } else if (request instanceof ClientRequest.StopAttempt r) {
            return master.stopAttempt(r.attempt());
        } else if (request instanceof ClientRequest.ResumeTask r) {
            return master.resumeTask(r.job(), r.task());
        } else if (request instanceof ClientRequest.DrainGroom r) {
            return master.drainGroom(r.groom());
        } else if (request instanceof ClientRequest.UndrainGroom r) {
            return master.undrainGroom(r.groom());
        } else if (request instanceof ClientRequest.RemoveGroom r) {
            return master.removeGroom(r.groom());
        }
        return query(request);
    }

    private CompletableFuture<?> query(ClientRequest request) {
        if (request instanceof ClientRequest.Job r) {
            return master.job(r.job());
        } else if (request instanceof ClientRequest.Jobs r) {
            return master.jobs(r.query());
        } else if (request instanceof ClientRequest.Grooms) {
            return master.grooms();
        } else if (request instanceof ClientRequest.Groom r) {
            return master.groom(r.groom());
        } else if (request instanceof ClientRequest.Cluster) {
            return master.cluster();
        } else if (request instanceof ClientRequest.Supersteps r) {
            return master.supersteps(r.job(), r.last());
        } else if (request instanceof ClientRequest.Masters) {
            return master.masters();
        } else if (request instanceof ClientRequest.Configuration) {
            return master.configuration();
        } else if (request instanceof ClientRequest.Threads r) {
            return master.threads(r.attempt());
        } else if (request instanceof ClientRequest.ReadLog r) {
            return master.readLog(r.attempt(), r.stream(), r.offset(), r.length());
        }
        throw new AssertionError(request);
    }

    private void fault(Throwable cause) {
        giveUp(new CallException(ErrorCode.INTERNAL, "the client failed: " + cause, cause));
    }

    private void giveUp(CallException why) {
        broken = why;
        wishes.values().forEach(wish -> wish.end().completeExceptionally(why));
    }

    /** Wishes that have not ended fail. */
    @Override
    public void close() {
        loop.close();
        giveUp(ErrorCode.UNREACHABLE.with("the connection to the cluster was closed"));
    }
}
