package io.valiant.protocol.ipc;

import static io.valiant.protocol.ipc.JobMessages.ifPresent;
import static io.valiant.protocol.ipc.JobMessages.map;

import io.valiant.bsp.AttemptState;
import io.valiant.bsp.GroomStatus;
import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.protocol.AttemptProgress;
import io.valiant.protocol.AttemptSummary;
import io.valiant.protocol.GroomRegistration;
import io.valiant.protocol.GroomReport;
import io.valiant.protocol.GroomReportMessage;
import io.valiant.protocol.Heartbeat;
import io.valiant.protocol.NodeReport;
import io.valiant.protocol.proto.Grooms;
import io.valiant.wire.RefusedFrames;
import java.time.Instant;
import java.util.TreeMap;

/** Translates what grooms tell masters. Reading throws IllegalArgumentException for a message that no record can hold. */
public final class GroomMessages {
    private GroomMessages() {}

    public static Grooms.Registration write(GroomRegistration registration) {
        Grooms.Registration.Builder to = Grooms.Registration.newBuilder()
                .setGroom(registration.groom().value())
                .setIncarnation(registration.incarnation())
                .setProcessTag(registration.processTag())
                .setSlots(registration.slots())
                .putAllLabels(registration.labels())
                .setRpcHost(registration.rpcHost())
                .setRpcPort(registration.rpcPort())
                .addAllSteps(map(registration.steps(), GroomMessages::write))
                .addAllAttempts(map(registration.attempts(), GroomMessages::write));
        ifPresent(registration.http(), to::setHttp);
        ifPresent(registration.report(), to::setReport);
        ifPresent(registration.version(), to::setVersion);
        return to.build();
    }

    public static GroomRegistration read(Grooms.Registration from) {
        return new GroomRegistration(
                new GroomId(from.getGroom()),
                from.getIncarnation(),
                from.getProcessTag(),
                from.getSlots(),
                new TreeMap<>(from.getLabelsMap()),
                from.getRpcHost(),
                from.getRpcPort(),
                from.hasHttp() ? from.getHttp() : null,
                from.hasReport() ? from.getReport() : null,
                from.hasVersion() ? from.getVersion() : null,
                map(from.getStepsList(), GroomMessages::read),
                map(from.getAttemptsList(), GroomMessages::read));
    }

    private static Grooms.Step write(GroomStatus.Step step) {
        return Grooms.Step.newBuilder()
                .setNumber(step.number())
                .setName(step.name())
                .setAtMs(step.at().toEpochMilli())
                .setTookMs(step.tookMs())
                .build();
    }

    private static GroomStatus.Step read(Grooms.Step from) {
        return new GroomStatus.Step(
                from.getNumber(), from.getName(), Instant.ofEpochMilli(from.getAtMs()), from.getTookMs());
    }

    private static Grooms.AttemptSummary write(AttemptSummary attempt) {
        Grooms.AttemptSummary.Builder to = Grooms.AttemptSummary.newBuilder()
                .setAttempt(attempt.attempt().toString())
                .setGeneration(attempt.generation())
                .setState(attempt.state().name())
                .setPid(attempt.pid())
                .setPort(attempt.port())
                .setProgress(write(attempt.progress()));
        ifPresent(attempt.host(), to::setHost);
        return to.build();
    }

    private static AttemptSummary read(Grooms.AttemptSummary from) {
        return new AttemptSummary(
                AttemptId.parse(from.getAttempt()),
                from.getGeneration(),
                JobMessages.constant(AttemptState.class, from.getState()),
                from.getPid(),
                from.hasHost() ? from.getHost() : null,
                from.getPort(),
                read(from.getProgress()));
    }

    private static Grooms.AttemptProgress write(AttemptProgress progress) {
        Grooms.AttemptProgress.Builder to = Grooms.AttemptProgress.newBuilder()
                .setSuperstep(progress.superstep())
                .setInBarrier(progress.inBarrier())
                .setHeapUsedBytes(progress.heapUsedBytes())
                .setHeapMaxBytes(progress.heapMaxBytes())
                .setCpuNs(progress.cpuNs())
                .setMessagesSent(progress.messagesSent())
                .setBytesSent(progress.bytesSent())
                .setSpilledBytes(progress.spilledBytes())
                .setRefusedDamaged(progress.refused().damaged())
                .setRefusedFenced(progress.refused().fenced())
                .setRefusedForeign(progress.refused().foreign());
        ifPresent(progress.phase(), to::setPhase);
        return to.build();
    }

    private static AttemptProgress read(Grooms.AttemptProgress from) {
        return new AttemptProgress(
                from.getSuperstep(),
                from.getInBarrier(),
                from.hasPhase() ? from.getPhase() : null,
                from.getHeapUsedBytes(),
                from.getHeapMaxBytes(),
                from.getCpuNs(),
                from.getMessagesSent(),
                from.getBytesSent(),
                from.getSpilledBytes(),
                new RefusedFrames(from.getRefusedDamaged(), from.getRefusedFenced(), from.getRefusedForeign()));
    }

    public static Grooms.Heartbeat write(Heartbeat beat) {
        return Grooms.Heartbeat.newBuilder()
                .setGroom(beat.groom().value())
                .setIncarnation(beat.incarnation())
                .setEpoch(beat.epoch())
                .setNumber(beat.number())
                .setDirectivesApplied(beat.directivesApplied())
                .setHolding(beat.holding())
                .setNode(write(beat.node()))
                .addAllAttempts(map(beat.attempts(), GroomMessages::write))
                .addAllSpares(beat.spares())
                .build();
    }

    public static Heartbeat read(Grooms.Heartbeat from) {
        return new Heartbeat(
                new GroomId(from.getGroom()),
                from.getIncarnation(),
                from.getEpoch(),
                from.getNumber(),
                from.getDirectivesApplied(),
                from.getHolding(),
                read(from.getNode()),
                map(from.getAttemptsList(), GroomMessages::read),
                from.getSparesList());
    }

    private static Grooms.NodeReport write(NodeReport node) {
        Grooms.NodeReport.Builder to = Grooms.NodeReport.newBuilder()
                .setProcessors(node.processors())
                .setCpuLoad(node.cpuLoad())
                .setMemoryTotalBytes(node.memoryTotalBytes())
                .setMemoryAvailableBytes(node.memoryAvailableBytes())
                .setDiskTotalBytes(node.diskTotalBytes())
                .setDiskFreeBytes(node.diskFreeBytes())
                .setDiskWritable(node.diskWritable())
                .setTasks(node.tasks());
        ifPresent(node.diskPath(), to::setDiskPath);
        ifPresent(node.unhealthy(), to::setUnhealthy);
        return to.build();
    }

    private static NodeReport read(Grooms.NodeReport from) {
        return new NodeReport(
                from.getProcessors(),
                from.getCpuLoad(),
                from.getMemoryTotalBytes(),
                from.getMemoryAvailableBytes(),
                from.hasDiskPath() ? from.getDiskPath() : null,
                from.getDiskTotalBytes(),
                from.getDiskFreeBytes(),
                from.getDiskWritable(),
                from.hasUnhealthy() ? from.getUnhealthy() : null,
                from.getTasks());
    }

    public static Grooms.ReportMessage write(GroomReportMessage message) {
        return Grooms.ReportMessage.newBuilder()
                .setGroom(message.groom().value())
                .setIncarnation(message.incarnation())
                .setEpoch(message.epoch())
                .addAllReports(map(message.reports(), GroomMessages::write))
                .build();
    }

    public static GroomReportMessage read(Grooms.ReportMessage from) {
        return new GroomReportMessage(
                new GroomId(from.getGroom()),
                from.getIncarnation(),
                from.getEpoch(),
                map(from.getReportsList(), GroomMessages::read));
    }

    private static Grooms.Report write(GroomReport report) {
        Grooms.Report.Builder to = Grooms.Report.newBuilder()
                .setAttempt(report.attempt().toString())
                .setGeneration(report.generation());
        if (report instanceof GroomReport.Attached r) {
            to.getAttachedBuilder().setPid(r.pid()).setHost(r.host()).setPort(r.port());
        } else if (report instanceof GroomReport.Finished r) {
            to.setFinished(JobMessages.write(r.result()));
        } else if (report instanceof GroomReport.Ended r) {
            Grooms.Report.Ended.Builder ended = to.getEndedBuilder();
            ifPresent(r.exit(), exit -> ended.setExit(JobMessages.write(exit)));
            ifPresent(r.cause(), cause -> ended.setCause(JobMessages.write(cause)));
        } else if (report instanceof GroomReport.LinkLost r) {
            Grooms.Report.LinkLost.Builder lost =
                    to.getLinkLostBuilder().setPeer(r.peer()).setSuperstep(r.superstep());
            ifPresent(r.detail(), lost::setDetail);
        } else {
            writeCheckpoint(report, to);
        }
        return to.build();
    }

    private static void writeCheckpoint(GroomReport report, Grooms.Report.Builder to) {
        if (report instanceof GroomReport.Checkpointed r) {
            to.getCheckpointedBuilder().setSuperstep(r.superstep()).setPart(JobMessages.write(r.part()));
        } else if (report instanceof GroomReport.CheckpointFailed r) {
            Grooms.Report.CheckpointFailed.Builder failed =
                    to.getCheckpointFailedBuilder().setSuperstep(r.superstep());
            ifPresent(r.reason(), failed::setReason);
        } else if (report instanceof GroomReport.RestoreFailed r) {
            Grooms.Report.RestoreFailed.Builder failed =
                    to.getRestoreFailedBuilder().setCheckpoint(JobMessages.write(r.checkpoint()));
            ifPresent(r.reason(), failed::setReason);
        } else if (report instanceof GroomReport.Supersteps r) {
            to.getSuperstepsBuilder().addAllShares(map(r.shares(), ShareMessages::write));
        } else {
            throw new AssertionError(report);
        }
    }

    private static GroomReport read(Grooms.Report from) {
        AttemptId attempt = AttemptId.parse(from.getAttempt());
        long generation = from.getGeneration();
        return switch (from.getReportCase()) {
            case ATTACHED ->
                new GroomReport.Attached(
                        attempt,
                        generation,
                        from.getAttached().getPid(),
                        from.getAttached().getHost(),
                        from.getAttached().getPort());
            case FINISHED -> new GroomReport.Finished(attempt, generation, JobMessages.read(from.getFinished()));
            case ENDED -> read(attempt, generation, from.getEnded());
            case LINK_LOST ->
                new GroomReport.LinkLost(
                        attempt,
                        generation,
                        from.getLinkLost().getPeer(),
                        from.getLinkLost().getSuperstep(),
                        from.getLinkLost().hasDetail() ? from.getLinkLost().getDetail() : null);
            case CHECKPOINTED ->
                new GroomReport.Checkpointed(
                        attempt,
                        generation,
                        from.getCheckpointed().getSuperstep(),
                        JobMessages.read(from.getCheckpointed().getPart()));
            case CHECKPOINT_FAILED ->
                new GroomReport.CheckpointFailed(
                        attempt,
                        generation,
                        from.getCheckpointFailed().getSuperstep(),
                        from.getCheckpointFailed().hasReason()
                                ? from.getCheckpointFailed().getReason()
                                : null);
            case RESTORE_FAILED ->
                new GroomReport.RestoreFailed(
                        attempt,
                        generation,
                        JobMessages.read(from.getRestoreFailed().getCheckpoint()),
                        from.getRestoreFailed().hasReason()
                                ? from.getRestoreFailed().getReason()
                                : null);
            case SUPERSTEPS ->
                new GroomReport.Supersteps(
                        attempt, generation, map(from.getSupersteps().getSharesList(), ShareMessages::read));
            case REPORT_NOT_SET ->
                throw new IllegalArgumentException("a report on " + attempt + " of a kind not known here");
        };
    }

    private static GroomReport.Ended read(AttemptId attempt, long generation, Grooms.Report.Ended from) {
        return new GroomReport.Ended(
                attempt,
                generation,
                from.hasExit() ? JobMessages.read(from.getExit()) : null,
                from.hasCause() ? JobMessages.read(from.getCause()) : null);
    }
}
