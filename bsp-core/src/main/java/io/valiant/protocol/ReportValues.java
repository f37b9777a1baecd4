package io.valiant.protocol;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobInput;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.wire.RefusedFrames;

/** The layouts of the values inside task-report messages: fields in the order of their records. */
final class ReportValues {
    private ReportValues() {}

    static void put(PayloadWriter out, AttemptId attempt) {
        out.putText(attempt.toString());
    }

    static AttemptId attempt(PayloadReader in) throws BspException {
        String text = in.getSomeText();
        try {
            return AttemptId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BspException(BspException.Kind.FATAL, "task report: " + e.getMessage(), e);
        }
    }

    static void put(PayloadWriter out, AttemptProgress progress) {
        out.putLong(progress.superstep())
                .putBoolean(progress.inBarrier())
                .putText(progress.phase())
                .putLong(progress.heapUsedBytes())
                .putLong(progress.heapMaxBytes())
                .putLong(progress.cpuNs())
                .putLong(progress.messagesSent())
                .putLong(progress.bytesSent())
                .putLong(progress.spilledBytes());
        RefusedFrames refused = progress.refused();
        out.putLong(refused.damaged()).putLong(refused.fenced()).putLong(refused.foreign());
    }

    static AttemptProgress progress(PayloadReader in) throws BspException {
        return new AttemptProgress(
                in.getLong(),
                in.getBoolean(),
                in.getSomeText(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                new RefusedFrames(in.getLong(), in.getLong(), in.getLong()));
    }

    static void put(PayloadWriter out, TaskResult result) {
        out.putList(result.parts(), ReportValues::put)
                .putMap(result.counters(), (group, counters) -> group.putMap(counters, PayloadWriter::putLong))
                .putLong(result.superstep())
                .putMap(result.facts(), PayloadWriter::putLong);
    }

    static TaskResult result(PayloadReader in) throws BspException {
        return new TaskResult(
                in.getList(ReportValues::part),
                in.getMap(group -> group.getMap(PayloadReader::getLong)),
                in.getLong(),
                in.getMap(PayloadReader::getLong));
    }

    private static void put(PayloadWriter out, OutputPart part) {
        out.putInt(part.task())
                .putText(part.temporary())
                .putText(part.name())
                .putLong(part.length())
                .putInt(part.crc32c());
    }

    private static OutputPart part(PayloadReader in) throws BspException {
        return new OutputPart(in.getInt(), in.getSomeText(), in.getSomeText(), in.getLong(), in.getInt());
    }

    static void put(PayloadWriter out, SuperstepShare share) {
        out.putLong(share.superstep())
                .putLong(share.startedAtMicros())
                .putLong(share.computeNs())
                .putLong(share.barrierNs())
                .putLong(share.messages())
                .putLong(share.bytes())
                .putLong(share.combined())
                .putLong(share.spilledBytes())
                .putLong(share.activeVertices())
                .putLong(share.soFar().supersteps())
                .putLong(share.soFar().messages())
                .putLong(share.soFar().bytes())
                .putLong(share.soFar().spilledBytes())
                .putBoolean(share.isLast());
    }

    static SuperstepShare share(PayloadReader in) throws BspException {
        return new SuperstepShare(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                new SuperstepTotals(in.getLong(), in.getLong(), in.getLong(), in.getLong()),
                in.getBoolean());
    }

    static void put(PayloadWriter out, Cause cause) {
        out.putText(cause.type().name())
                .putText(cause.message())
                .putText(cause.attempt())
                .putText(cause.groom())
                .putLongOrNull(cause.superstep())
                .putText(cause.exception())
                .putText(cause.file())
                .putLongOrNull(cause.line());
    }

    static Cause cause(PayloadReader in) throws BspException {
        return new Cause(
                in.getEnum(CauseType.class),
                in.getText(),
                in.getText(),
                in.getText(),
                in.getLongOrNull(),
                in.getText(),
                in.getText(),
                in.getLongOrNull());
    }

    static void put(PayloadWriter out, PeerTable table) {
        out.putText(table.job().value())
                .putLong(table.generation())
                .putText(table.secret())
                .putList(table.peers(), (each, peer) -> {
                    put(each, peer.attempt());
                    each.putText(peer.groom()).putText(peer.host()).putInt(peer.port());
                });
    }

    static PeerTable table(PayloadReader in) throws BspException {
        return new PeerTable(
                jobId(in),
                in.getLong(),
                in.getSomeText(),
                in.getList(peer -> new PeerTable.PeerAddress(
                        attempt(peer), peer.getSomeText(), peer.getSomeText(), peer.getInt())));
    }

    private static JobId jobId(PayloadReader in) throws BspException {
        String text = in.getSomeText();
        if (!JobId.isValid(text)) {
            throw PayloadReader.broken("'" + text + "' is no job id");
        }
        return new JobId(text);
    }

    static void put(PayloadWriter out, TaskAssignment assignment) {
        put(out, assignment.attempt());
        out.putLong(assignment.generation());
        put(out, assignment.spec());
        out.putList(assignment.splits(), (each, split) -> each.putText(split.input())
                .putText(split.file())
                .putLong(split.offset())
                .putLong(split.length()));
        out.putText(assignment.checkpoints()).putBoolean(assignment.restore() != null);
        if (assignment.restore() != null) {
            put(out, assignment.restore());
        }
    }

    static void put(PayloadWriter out, CheckpointRef checkpoint) {
        out.putLong(checkpoint.generation())
                .putLong(checkpoint.superstep())
                .putText(checkpoint.folder())
                .putInt(checkpoint.crc32c());
    }

    static CheckpointRef checkpointRef(PayloadReader in) throws BspException {
        return new CheckpointRef(in.getLong(), in.getLong(), in.getSomeText(), in.getInt());
    }

    static void put(PayloadWriter out, CheckpointPart part) {
        out.putInt(part.task())
                .putText(part.file())
                .putLong(part.length())
                .putInt(part.crc32c())
                .putList(part.shared(), PayloadWriter::putText);
    }

    static CheckpointPart checkpointPart(PayloadReader in) throws BspException {
        return new CheckpointPart(
                in.getInt(), in.getSomeText(), in.getLong(), in.getInt(), in.getList(PayloadReader::getSomeText));
    }

    static TaskAssignment assignment(PayloadReader in) throws BspException {
        return new TaskAssignment(
                attempt(in),
                in.getLong(),
                spec(in),
                in.getList(split ->
                        new InputSplit(split.getSomeText(), split.getSomeText(), split.getLong(), split.getLong())),
                in.getText(),
                in.getBoolean() ? checkpointRef(in) : null);
    }

    private static void put(PayloadWriter out, JobSpec spec) {
        out.putText(spec.name())
                .putText(spec.user())
                .putText(spec.requestedId())
                .putText(spec.idempotencyKey())
                .putText(spec.type())
                .putText(spec.programClass())
                .putText(spec.messageClass())
                .putText(spec.combinerClass())
                .putList(spec.jars(), PayloadWriter::putText)
                .putInt(spec.tasks())
                .putList(spec.inputs(), (each, input) -> each.putText(input.name())
                        .putText(input.path())
                        .putText(input.format())
                        .putText(input.partition())
                        .putBoolean(input.whole()))
                .putText(spec.output())
                .putBoolean(spec.overwrite())
                .putMap(spec.settings(), PayloadWriter::putText)
                .putMap(spec.configuration(), PayloadWriter::putText)
                .putMap(spec.environment(), PayloadWriter::putText)
                .putMap(spec.aggregators(), (each, how) -> each.putText(how.name()))
                .putLong(spec.memoryBytes())
                .putList(spec.javaOptions(), PayloadWriter::putText)
                .putInt(spec.priority())
                .putText(spec.selector())
                .putInt(spec.maxAttempts())
                .putInt(spec.maxRollbacks())
                .putText(spec.data().outputFormat())
                .putMap(spec.data().files(), PayloadWriter::putText);
    }

    private static JobSpec spec(PayloadReader in) throws BspException {
        return new JobSpec(
                in.getSomeText(),
                in.getSomeText(),
                in.getText(),
                in.getText(),
                in.getSomeText(),
                in.getSomeText(),
                in.getText(),
                in.getText(),
                in.getList(PayloadReader::getSomeText),
                in.getInt(),
                in.getList(input -> new JobInput(
                        input.getSomeText(),
                        input.getSomeText(),
                        input.getSomeText(),
                        input.getSomeText(),
                        input.getBoolean())),
                in.getText(),
                in.getBoolean(),
                in.getMap(PayloadReader::getSomeText),
                in.getMap(PayloadReader::getSomeText),
                in.getMap(PayloadReader::getSomeText),
                in.getMap(how -> how.getEnum(Aggregate.class)),
                in.getLong(),
                in.getList(PayloadReader::getSomeText),
                in.getInt(),
                in.getText(),
                in.getInt(),
                in.getInt(),
                new JobData(in.getSomeText(), in.getMap(PayloadReader::getSomeText)));
    }
}
