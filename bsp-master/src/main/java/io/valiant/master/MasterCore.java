package io.valiant.master;

import io.valiant.bsp.GroomStatus;
import io.valiant.bsp.JobStatus;
import io.valiant.concurrent.Core;
import io.valiant.concurrent.Output;
import io.valiant.concurrent.RandomSource;
import io.valiant.master.core.MasterConfig;
import io.valiant.master.core.MasterEffect;
import io.valiant.master.core.MasterEvent;
import io.valiant.master.core.MasterRecord;
import io.valiant.master.core.MasterReply;
import io.valiant.master.core.MasterSnapshot;
import io.valiant.master.core.Turn;
import io.valiant.master.groom.Enrolment;
import io.valiant.master.groom.GroomManager;
import io.valiant.master.groom.LostGroom;
import io.valiant.master.groom.Standing;
import io.valiant.master.job.JobManager;
import io.valiant.master.schedule.SpreadPolicy;
import io.valiant.master.schedule.TaskScheduler;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The master's deciding part. Hands each event to the nouns it concerns, then lets jobs be placed, rows be stored and
 * directives be pushed. One object is one leadership: made from the stored rows, begun by {@link MasterEvent.Started}, which
 * raises the epoch, and thrown away when a write fails.
 */
public final class MasterCore implements Core<MasterEvent, MasterRecord, MasterEffect> {
    private final Clock clock;
    private final GroomManager grooms;
    private final JobManager jobs;
    private boolean started;
    private long epoch;
    private long nowNs;

    // what was shown last
    private MasterSnapshot snapshot = MasterSnapshot.EMPTY;
    private boolean changed;

    /**
     * @param state the stored rows, in any order; empty for a new cluster
     * @param random for secrets and the cluster's id
     * @param clock for wall time only
     */
    public MasterCore(List<MasterRecord> state, MasterConfig config, RandomSource random, Clock clock) {
        this.clock = clock;
        this.grooms = new GroomManager(config);
        this.jobs = new JobManager(grooms, new TaskScheduler(new SpreadPolicy()), random, config);
        for (MasterRecord row : state) {
            if (row instanceof MasterRecord.Groom groom) {
                grooms.load(groom);
            }
        }
        jobs.load(state);
    }

    @Override
    public void handle(MasterEvent event, long now, Output<MasterRecord, MasterEffect> out) {
        Turn turn = begin(now, out);
        if (event instanceof MasterEvent.Started) {
            start(turn);
        } else if (!started) {
            throw new IllegalStateException("the master was not started before " + event);
        } else if (event instanceof MasterEvent.Serves) {
            grooms.serves(now);
        } else if (!fromGroom(event, turn) && !fromClient(event, turn)) {
            fromWorker(event, turn);
        }
        end(turn);
    }

    @Override
    public void tick(long now, Output<MasterRecord, MasterEffect> out) {
        if (started) {
            Turn turn = begin(now, out);
            for (LostGroom lost : grooms.expire(turn)) {
                jobs.groomLost(lost.groom(), lost.incarnation(), "was lost: " + lost.reason(), turn);
            }
            jobs.tick(turn);
            end(turn);
        }
    }

    @Override
    public long nextDeadlineNs() {
        return started ? Math.min(grooms.nextDeadlineNs(), jobs.nextDeadlineNs()) : NO_DEADLINE;
    }

    private Turn begin(long now, Output<MasterRecord, MasterEffect> out) {
        nowNs = now;
        changed = true;
        if (started) {
            grooms.seen(now);
        }
        return new Turn(now, clock, out);
    }

    private void end(Turn turn) {
        jobs.advance(turn);
        jobs.place(turn);
        jobs.flush(turn);
        grooms.flush(turn);
        grooms.push(turn);
    }

    private void start(Turn turn) {
        if (started) {
            throw new IllegalStateException("a leadership starts once");
        }
        started = true;
        epoch = jobs.raiseEpoch(turn);
        grooms.start(epoch, turn.nowNs());
        jobs.start(turn);
    }

    private boolean fromGroom(MasterEvent event, Turn turn) {
        if (event instanceof MasterEvent.Beat beat) {
            turn.reply(beat.call(), new MasterReply.Beat(beat(beat.heartbeat(), turn)));
        } else if (event instanceof MasterEvent.Report report) {
            turn.reply(report.call(), new MasterReply.Reported(report(report.message(), turn)));
        } else if (event instanceof MasterEvent.Register register) {
            turn.reply(register.call(), new MasterReply.Registration(register(register.registration(), turn)));
        } else if (event instanceof MasterEvent.Pushed pushed) {
            grooms.pushed(pushed.groom(), pushed.incarnation(), pushed.reply());
            jobs.directivesApplied();
        } else {
            return false;
        }
        return true;
    }

    private boolean fromClient(MasterEvent event, Turn turn) {
        if (event instanceof MasterEvent.Submit submit) {
            jobs.requests().submit(submit, turn);
        } else if (event instanceof MasterEvent.Cancel cancel) {
            jobs.requests().cancel(cancel, turn);
        } else if (event instanceof MasterEvent.AwaitEnd await) {
            jobs.requests().awaitEnd(await, turn);
        } else if (event instanceof MasterEvent.DeleteJob delete) {
            jobs.requests().delete(delete, turn);
        } else if (event instanceof MasterEvent.AskSupersteps ask) {
            jobs.requests().supersteps(ask, turn);
        } else if (event instanceof MasterEvent.DescribeJob describe) {
            jobs.requests().describe(describe, turn);
        } else if (event instanceof MasterEvent.TryPlacement wish) {
            jobs.tryPlacement(wish, turn);
        } else if (event instanceof MasterEvent.EndAttempt end) {
            jobs.requests().endAttempt(end, turn);
        } else if (event instanceof MasterEvent.StopAttempt stop) {
            jobs.requests().stopAttempt(stop, turn);
        } else if (event instanceof MasterEvent.ResumeTask resume) {
            jobs.requests().resumeTask(resume, turn);
        } else if (event instanceof MasterEvent.DrainGroom drain) {
            grooms.requests().drain(drain, turn);
        } else if (event instanceof MasterEvent.UndrainGroom undrain) {
            grooms.requests().undrain(undrain, turn);
        } else if (event instanceof MasterEvent.RemoveGroom remove) {
            grooms.requests().remove(remove, turn);
        } else {
            return false;
        }
        return true;
    }

    private void fromWorker(MasterEvent event, Turn turn) {
        if (event instanceof MasterEvent.OutputChecked checked) {
            jobs.requests().outputChecked(checked, turn);
        } else if (event instanceof MasterEvent.Prepared prepared) {
            jobs.prepared(prepared.job(), prepared.splits(), turn);
        } else if (event instanceof MasterEvent.PrepareFailed failed) {
            jobs.prepareFailed(failed.job(), failed.cause());
        } else if (event instanceof MasterEvent.ManifestWritten written) {
            jobs.manifestWritten(written, turn);
        } else if (event instanceof MasterEvent.ManifestFailed failed) {
            jobs.manifestFailed(failed, turn);
        } else if (event instanceof MasterEvent.OutputCommitted committed) {
            jobs.outputCommitted(committed.job(), turn);
        } else if (event instanceof MasterEvent.CommitFailed failed) {
            jobs.commitFailed(failed.job(), failed.cause());
        } else if (event instanceof MasterEvent.TemporaryDiscarded discarded) {
            jobs.temporaryDiscarded(discarded.job());
        }
    }

    private RegistrationReply register(GroomRegistration registration, Turn turn) {
        Enrolment enrolment = grooms.register(registration, turn);
        if (enrolment.endedIncarnation() > 0) {
            jobs.groomLost(registration.groom(), enrolment.endedIncarnation(), "was started again", turn);
        }
        if (enrolment.newcomer() && enrolment.reply() instanceof RegistrationReply.Accepted accepted) {
            jobs.enrolled(registration.groom(), accepted.incarnation(), registration.attempts(), turn);
        }
        return enrolment.reply();
    }

    private HeartbeatReply beat(Heartbeat heartbeat, Turn turn) {
        Standing standing = grooms.standing(heartbeat.groom(), heartbeat.incarnation(), heartbeat.epoch());
        return switch (standing) {
            case UNKNOWN -> new HeartbeatReply.Register(epoch);
            case FENCED -> new HeartbeatReply.Fenced(epoch, over(heartbeat.incarnation()));
            case CURRENT -> {
                if (grooms.beat(heartbeat, turn)) {
                    jobs.table(
                            heartbeat.groom(),
                            heartbeat.incarnation(),
                            heartbeat.attempts(),
                            heartbeat.directivesApplied(),
                            turn);
                    String unhealthy = grooms.takeUnhealthy(heartbeat.groom());
                    if (unhealthy != null) {
                        jobs.groomUnhealthy(heartbeat.groom(), heartbeat.incarnation(), unhealthy, turn);
                    }
                }
                yield grooms.answer(heartbeat.groom());
            }
        };
    }

    private ReportReply report(GroomReportMessage message, Turn turn) {
        Standing standing = grooms.standing(message.groom(), message.incarnation(), message.epoch());
        return switch (standing) {
            case UNKNOWN -> new ReportReply.Register(epoch);
            case FENCED -> new ReportReply.Fenced(epoch, over(message.incarnation()));
            case CURRENT -> {
                for (GroomReport report : message.reports()) {
                    jobs.report(message.groom(), message.incarnation(), report, turn);
                }
                yield new ReportReply.Accepted(epoch);
            }
        };
    }

    private static String over(long incarnation) {
        return "incarnation " + incarnation + " is over";
    }

    /** What others may see; the same object if nothing changed since the last call. To be shown only once it is stored. */
    public MasterSnapshot snapshot() {
        if (changed && started) {
            changed = false;
            List<JobStatus> statuses = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            jobs.forEach(nowNs, (number, status) -> {
                numbers.add(number);
                statuses.add(status);
            });
            List<GroomStatus> groomStatuses = grooms.statuses();
            boolean same = snapshot.epoch() == epoch
                    && areSame(snapshot.jobs(), statuses)
                    && areSame(snapshot.grooms(), groomStatuses);
            if (!same) {
                snapshot = new MasterSnapshot(epoch, jobs.clusterId(), statuses, numbers, groomStatuses);
            }
        }
        return snapshot;
    }

    /**
     * The hard state as rows, as they would be stored now: what replay of the store must give. Of attempts that have not
     * ended it also has what is soft, whether and where they are attached.
     */
    public List<MasterRecord> rows() {
        List<MasterRecord> rows = new ArrayList<>();
        grooms.rows(rows);
        jobs.rows(rows);
        return rows;
    }

    private static <T> boolean areSame(List<T> shown, List<T> now) {
        if (shown.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (shown.get(i) != now.get(i)) {
                return false;
            }
        }
        return true;
    }
}
