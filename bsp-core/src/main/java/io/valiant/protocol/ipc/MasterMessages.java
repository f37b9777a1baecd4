package io.valiant.protocol.ipc;

import static io.valiant.protocol.ipc.JobMessages.ifPresent;
import static io.valiant.protocol.ipc.JobMessages.map;

import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.Directive;
import io.valiant.protocol.DirectiveBatch;
import io.valiant.protocol.DirectiveReply;
import io.valiant.protocol.HeartbeatReply;
import io.valiant.protocol.Intervals;
import io.valiant.protocol.RegistrationReply;
import io.valiant.protocol.ReportReply;
import io.valiant.protocol.proto.Grooms;

/** Translates what masters tell grooms. Reading throws IllegalArgumentException for a message that no record can hold. */
public final class MasterMessages {
    private MasterMessages() {}

    public static Grooms.RegistrationReply write(RegistrationReply reply) {
        Grooms.RegistrationReply.Builder to = Grooms.RegistrationReply.newBuilder();
        if (reply instanceof RegistrationReply.Accepted r) {
            to.getAcceptedBuilder()
                    .setEpoch(r.epoch())
                    .setIncarnation(r.incarnation())
                    .setIntervals(write(r.intervals()));
        } else if (reply instanceof RegistrationReply.Fenced r) {
            to.setFenced(fenced(r.epoch(), r.reason()));
        } else if (reply instanceof RegistrationReply.Refused r) {
            ifPresent(r.reason(), to.getRefusedBuilder()::setReason);
        } else {
            throw new AssertionError(reply);
        }
        return to.build();
    }

    public static RegistrationReply read(Grooms.RegistrationReply from) {
        return switch (from.getReplyCase()) {
            case ACCEPTED ->
                new RegistrationReply.Accepted(
                        from.getAccepted().getEpoch(),
                        from.getAccepted().getIncarnation(),
                        read(from.getAccepted().getIntervals()));
            case FENCED -> new RegistrationReply.Fenced(from.getFenced().getEpoch(), reason(from.getFenced()));
            case REFUSED ->
                new RegistrationReply.Refused(
                        from.getRefused().hasReason() ? from.getRefused().getReason() : null);
            case REPLY_NOT_SET -> throw unknown("registration");
        };
    }

    public static Grooms.HeartbeatReply write(HeartbeatReply reply) {
        Grooms.HeartbeatReply.Builder to = Grooms.HeartbeatReply.newBuilder();
        if (reply instanceof HeartbeatReply.Accepted r) {
            to.getAcceptedBuilder()
                    .setEpoch(r.epoch())
                    .setIntervals(write(r.intervals()))
                    .setDirectives(write(r.directives()));
        } else if (reply instanceof HeartbeatReply.Register r) {
            to.getRegisterBuilder().setEpoch(r.epoch());
        } else if (reply instanceof HeartbeatReply.Fenced r) {
            to.setFenced(fenced(r.epoch(), r.reason()));
        } else {
            throw new AssertionError(reply);
        }
        return to.build();
    }

    public static HeartbeatReply read(Grooms.HeartbeatReply from) {
        return switch (from.getReplyCase()) {
            case ACCEPTED ->
                new HeartbeatReply.Accepted(
                        from.getAccepted().getEpoch(),
                        read(from.getAccepted().getIntervals()),
                        read(from.getAccepted().getDirectives()));
            case REGISTER -> new HeartbeatReply.Register(from.getRegister().getEpoch());
            case FENCED -> new HeartbeatReply.Fenced(from.getFenced().getEpoch(), reason(from.getFenced()));
            case REPLY_NOT_SET -> throw unknown("heartbeat");
        };
    }

    public static Grooms.ReportReply write(ReportReply reply) {
        Grooms.ReportReply.Builder to = Grooms.ReportReply.newBuilder();
        if (reply instanceof ReportReply.Accepted r) {
            to.getAcceptedBuilder().setEpoch(r.epoch());
        } else if (reply instanceof ReportReply.Register r) {
            to.getRegisterBuilder().setEpoch(r.epoch());
        } else if (reply instanceof ReportReply.Fenced r) {
            to.setFenced(fenced(r.epoch(), r.reason()));
        } else {
            throw new AssertionError(reply);
        }
        return to.build();
    }

    public static ReportReply read(Grooms.ReportReply from) {
        return switch (from.getReplyCase()) {
            case ACCEPTED -> new ReportReply.Accepted(from.getAccepted().getEpoch());
            case REGISTER -> new ReportReply.Register(from.getRegister().getEpoch());
            case FENCED -> new ReportReply.Fenced(from.getFenced().getEpoch(), reason(from.getFenced()));
            case REPLY_NOT_SET -> throw unknown("report");
        };
    }

    public static Grooms.DirectiveBatch write(DirectiveBatch batch) {
        return Grooms.DirectiveBatch.newBuilder()
                .setEpoch(batch.epoch())
                .setIncarnation(batch.incarnation())
                .setFirst(batch.first())
                .addAllDirectives(map(batch.directives(), MasterMessages::write))
                .build();
    }

    public static DirectiveBatch read(Grooms.DirectiveBatch from) {
        return new DirectiveBatch(
                from.getEpoch(),
                from.getIncarnation(),
                from.getFirst(),
                map(from.getDirectivesList(), MasterMessages::read));
    }

    private static Grooms.Directive write(Directive directive) {
        Grooms.Directive.Builder to = Grooms.Directive.newBuilder();
        if (directive instanceof Directive.LaunchTask d) {
            to.setLaunchTask(JobMessages.write(d.assignment()));
        } else if (directive instanceof Directive.KillAttempt d) {
            Grooms.Directive.KillAttempt.Builder kill = to.getKillAttemptBuilder()
                    .setAttempt(d.attempt().toString())
                    .setAtOnce(d.atOnce());
            ifPresent(d.reason(), kill::setReason);
        } else if (directive instanceof Directive.PublishPeers d) {
            to.setPublishPeers(JobMessages.write(d.table()));
        } else if (directive instanceof Directive.ForgetJob d) {
            to.getForgetJobBuilder().setJob(d.job().value());
        } else if (directive instanceof Directive.RejoinTask d) {
            to.setRejoinTask(JobMessages.write(d.assignment()));
        } else if (directive instanceof Directive.TakeCheckpoint d) {
            to.getTakeCheckpointBuilder().setAttempt(d.attempt().toString()).setGeneration(d.generation());
        } else {
            throw new AssertionError(directive);
        }
        return to.build();
    }

    private static Directive read(Grooms.Directive from) {
        return switch (from.getDirectiveCase()) {
            case LAUNCH_TASK -> new Directive.LaunchTask(JobMessages.read(from.getLaunchTask()));
            case KILL_ATTEMPT ->
                new Directive.KillAttempt(
                        AttemptId.parse(from.getKillAttempt().getAttempt()),
                        from.getKillAttempt().getAtOnce(),
                        from.getKillAttempt().hasReason()
                                ? from.getKillAttempt().getReason()
                                : null);
            case PUBLISH_PEERS -> new Directive.PublishPeers(JobMessages.read(from.getPublishPeers()));
            case FORGET_JOB ->
                new Directive.ForgetJob(new JobId(from.getForgetJob().getJob()));
            case REJOIN_TASK -> new Directive.RejoinTask(JobMessages.read(from.getRejoinTask()));
            case TAKE_CHECKPOINT ->
                new Directive.TakeCheckpoint(
                        AttemptId.parse(from.getTakeCheckpoint().getAttempt()),
                        from.getTakeCheckpoint().getGeneration());
            case DIRECTIVE_NOT_SET -> throw new IllegalArgumentException("a directive of a kind not known here");
        };
    }

    public static Grooms.DirectiveReply write(DirectiveReply reply) {
        return Grooms.DirectiveReply.newBuilder()
                .setAccepted(reply.accepted())
                .setApplied(reply.applied())
                .build();
    }

    public static DirectiveReply read(Grooms.DirectiveReply from) {
        return new DirectiveReply(from.getAccepted(), from.getApplied());
    }

    private static Grooms.Intervals write(Intervals intervals) {
        return Grooms.Intervals.newBuilder()
                .setHeartbeatNs(intervals.heartbeatNs())
                .setSelfFenceNs(intervals.selfFenceNs())
                .setExpiryNs(intervals.expiryNs())
                .build();
    }

    private static Intervals read(Grooms.Intervals from) {
        return new Intervals(from.getHeartbeatNs(), from.getSelfFenceNs(), from.getExpiryNs());
    }

    private static Grooms.Fenced fenced(long epoch, String reason) {
        Grooms.Fenced.Builder to = Grooms.Fenced.newBuilder().setEpoch(epoch);
        ifPresent(reason, to::setReason);
        return to.build();
    }

    private static String reason(Grooms.Fenced from) {
        return from.hasReason() ? from.getReason() : null;
    }

    private static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("an answer to a " + what + " of a kind not known here");
    }
}
