package io.valiant.simulator;

import io.valiant.bsp.JobState;
import io.valiant.client.ClientConfig;
import io.valiant.client.ClientCore;
import io.valiant.client.ClientEffect;
import io.valiant.client.ClientEvent;
import io.valiant.client.ClientRequest;
import io.valiant.concurrent.Output;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterReply;
import io.valiant.protocol.ErrorCode;
import io.valiant.protocol.JobSpec;
import io.valiant.simulator.engine.SimClock;
import io.valiant.simulator.engine.SimHost;
import io.valiant.simulator.engine.SimProcess;
import java.util.ArrayList;
import java.util.List;

/** A client: the client's core, and a user who submits one job, follows it to its end and at times cancels it. */
final class SimClient extends SimProcess implements Output<Void, ClientEffect> {
    private static final long SUBMISSION = 1;
    private static final long FOLLOWING = 2;

    private final World world;
    private final ClientCore core;
    private final int number;
    private final JobSpec spec;
    private final List<ClientEffect> effects = new ArrayList<>();
    private long lastAsked = FOLLOWING;
    private JobId job;
    private JobState end;
    private boolean cancelWanted;
    private boolean over;

    SimClient(World world, SimHost host, SimClock clock, ClientConfig config, int number, JobSpec spec) {
        super(world.agenda(), host, "client-" + number, clock);
        this.world = world;
        this.core = world.newClientCore(config);
        this.number = number;
        this.spec = spec;
    }

    /** The job it was told, or null. */
    JobId job() {
        return job;
    }

    JobSpec spec() {
        return spec;
    }

    /** How it was told that its job has ended, or null. */
    JobState end() {
        return end;
    }

    /** Nothing more is to be expected. */
    boolean isOver() {
        return over;
    }

    // ---- the user

    void submit() {
        post(new ClientEvent.Ask(SUBMISSION, new ClientRequest.Submit(spec)));
    }

    void cancel() {
        if (job == null) {
            cancelWanted = true;
        } else if (!over) {
            post(new ClientEvent.Ask(++lastAsked, new ClientRequest.Cancel(job)));
        }
    }

    void endAttempt(AttemptId attempt, boolean fail) {
        post(new ClientEvent.Ask(++lastAsked, new ClientRequest.EndAttempt(attempt, fail)));
    }

    void stopTask(AttemptId attempt) {
        world.oracle().count("stops");
        askUntilAnswered((master, call) -> new MasterEvent.StopAttempt(call, attempt, spec.user()));
    }

    void resumeTask(JobId stopped, int task) {
        askUntilAnswered((master, call) -> new MasterEvent.ResumeTask(call, stopped, task, spec.user()));
    }

    void drainGroom(GroomId groom) {
        askUntilAnswered((master, call) -> new MasterEvent.DrainGroom(call, groom, spec.user()));
    }

    void undrainGroom(GroomId groom) {
        askUntilAnswered((master, call) -> new MasterEvent.UndrainGroom(call, groom, spec.user()));
    }

    void removeGroom(GroomId groom) {
        askUntilAnswered((master, call) -> new MasterEvent.RemoveGroom(call, groom, spec.user()));
    }

    private void askUntilAnswered(SimNetwork.Request request) {
        world.network().askMaster(this, request, answer -> {
            if (answer == null) {
                later(world.plan().times().callTimeoutNs(), "ask-again", () -> askUntilAnswered(request));
            }
        });
    }

    private void delivered(long what, Object answer) {
        if (what == SUBMISSION) {
            job = ((MasterReply.Submitted) answer).job();
            world.oracle().acknowledged(number, job);
            post(new ClientEvent.Follow(FOLLOWING, job, world.plan().times().callTimeoutNs(), Long.MAX_VALUE));
            if (cancelWanted) {
                cancel();
            }
        } else if (what == FOLLOWING) {
            end = ((MasterReply.Ended) answer).state();
            over = true;
            world.oracle().endTold(job, end);
            if (spec.requestedId() != null && spec.idempotencyKey() == null) {
                later(world.luck().askAgainNs(), "same-name", this::submitAgain);
            }
        }
    }

    /** Again and again somebody wants a name that was used: nobody gets it, be the job forgotten or not. */
    private void submitAgain() {
        world.network().askMaster(this, (master, call) -> new MasterEvent.Submit(call, spec), answer -> {
            if (answer != null && !"JobExists".equals(answer.code())) {
                throw new Violation("I3", "the name of " + job + " is given again: " + answer);
            }
            if (!world.luck().isCalm()) {
                later(world.luck().askAgainNs(), "same-name", this::submitAgain);
            }
        });
    }

    private void refused(long what, ErrorCode code) {
        if (what == SUBMISSION || what == FOLLOWING) {
            boolean forgotten = what == SUBMISSION
                    ? code == ErrorCode.JOB_EXISTS
                    : world.oracle().isForgotten(job);
            if (!forgotten || !world.plan().mayForget()) {
                throw new Violation("I11", this + " is refused with " + code + ", job " + job);
            }
            over = true;
        }
    }

    // ---- the core

    private void post(ClientEvent event) {
        world.happened(this, event);
        long nowNs = clockNs();
        world.guard(this, () -> {
            if (core.nextDeadlineNs() <= nowNs) {
                core.tick(nowNs, this);
            }
            core.handle(event, nowNs, this);
        });
        act();
    }

    @Override
    protected void wake() {
        long nowNs = clockNs();
        if (core.nextDeadlineNs() <= nowNs) {
            world.guard(this, () -> core.tick(nowNs, this));
        }
        act();
    }

    @Override
    public void record(Void record) {
        throw new IllegalStateException("a client stores nothing");
    }

    @Override
    public void effect(ClientEffect effect) {
        effects.add(effect);
    }

    private void act() {
        List<ClientEffect> now = List.copyOf(effects);
        effects.clear();
        for (ClientEffect effect : now) {
            world.wanted(this, effect);
            if (effect instanceof ClientEffect.Send send) {
                send(send);
            } else if (effect instanceof ClientEffect.Deliver deliver) {
                delivered(deliver.number(), deliver.answer());
            } else if (effect instanceof ClientEffect.Refuse refuse) {
                refused(refuse.number(), refuse.code());
            }
        }
        wakeAt(core.nextDeadlineNs());
    }

    private void send(ClientEffect.Send send) {
        ClientRequest request = send.request();
        if (request instanceof ClientRequest.Cancel cancel) {
            world.oracle().cancelAsked(cancel.job());
        }
        world.network().askMaster(this, (master, call) -> event(request, master, call), answer -> {
            if (answer == null) {
                failed(send, ErrorCode.UNREACHABLE, "no answer");
            } else if (answer.code() != null) {
                failed(send, ErrorCode.find(answer.code()).orElseThrow(), answer.message());
            } else {
                answered(send, answer.reply());
            }
        });
    }

    private void failed(ClientEffect.Send send, ErrorCode code, String message) {
        post(new ClientEvent.Failed(send.number(), send.attempt(), code, message));
    }

    private void answered(ClientEffect.Send send, Object reply) {
        if (send.request() instanceof ClientRequest.Cancel cancel) {
            world.oracle().cancelAcknowledged(cancel.job());
        }
        boolean last =
                !(reply instanceof MasterReply.Ended ended) || ended.state().isEnded();
        post(new ClientEvent.Answered(send.number(), send.attempt(), reply, last));
    }

    private MasterEvent event(ClientRequest request, SimMaster master, long call) {
        if (request instanceof ClientRequest.Submit submit) {
            return new MasterEvent.Submit(call, submit.spec());
        }
        if (request instanceof ClientRequest.Await await) {
            return new MasterEvent.AwaitEnd(call, await.job(), master.clockNs() + await.atMostNs());
        }
        if (request instanceof ClientRequest.Cancel cancel) {
            return new MasterEvent.Cancel(call, cancel.job(), spec.user());
        }
        if (request instanceof ClientRequest.EndAttempt ending) {
            return new MasterEvent.EndAttempt(call, ending.attempt(), ending.fail(), spec.user());
        }
        throw new IllegalStateException("nobody here asks " + request);
    }
}
