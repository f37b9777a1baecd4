package io.valiant.protocol.ipc;

import io.valiant.bsp.Aggregate;
import io.valiant.bsp.Cause;
import io.valiant.bsp.CauseType;
import io.valiant.bsp.JobInput;
import io.valiant.id.AttemptId;
import io.valiant.id.JobId;
import io.valiant.protocol.CheckpointPart;
import io.valiant.protocol.CheckpointRef;
import io.valiant.protocol.Exit;
import io.valiant.protocol.InputSplit;
import io.valiant.protocol.JobData;
import io.valiant.protocol.JobSpec;
import io.valiant.protocol.OutputPart;
import io.valiant.protocol.PeerTable;
import io.valiant.protocol.TaskAssignment;
import io.valiant.protocol.TaskResult;
import io.valiant.protocol.proto.Jobs;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Translates {@code jobs.proto}. Reading throws IllegalArgumentException for a message that no record can hold. */
public final class JobMessages {
    private JobMessages() {}

    public static Jobs.JobSpec write(JobSpec spec) {
        Jobs.JobSpec.Builder to = Jobs.JobSpec.newBuilder()
                .setName(spec.name())
                .setUser(spec.user())
                .setType(spec.type())
                .setProgramClass(spec.programClass())
                .addAllJars(spec.jars())
                .setTasks(spec.tasks())
                .addAllInputs(map(spec.inputs(), JobMessages::write))
                .setOverwrite(spec.overwrite())
                .putAllSettings(spec.settings())
                .putAllConfiguration(spec.configuration())
                .putAllEnvironment(spec.environment())
                .putAllAggregators(values(spec.aggregators(), Aggregate::name))
                .setMemoryBytes(spec.memoryBytes())
                .addAllJavaOptions(spec.javaOptions())
                .setPriority(spec.priority())
                .setMaxAttempts(spec.maxAttempts())
                .setMaxRollbacks(spec.maxRollbacks())
                .setOutputFormat(spec.data().outputFormat())
                .putAllFiles(spec.data().files());
        ifPresent(spec.requestedId(), to::setRequestedId);
        ifPresent(spec.idempotencyKey(), to::setIdempotencyKey);
        ifPresent(spec.messageClass(), to::setMessageClass);
        ifPresent(spec.combinerClass(), to::setCombinerClass);
        ifPresent(spec.output(), to::setOutput);
        ifPresent(spec.selector(), to::setSelector);
        return to.build();
    }

    public static JobSpec read(Jobs.JobSpec from) {
        return read(from, from.getUser());
    }

    /** The job as that user's, whoever the message names. */
    public static JobSpec read(Jobs.JobSpec from, String user) {
        return new JobSpec(
                from.getName(),
                user,
                from.hasRequestedId() ? from.getRequestedId() : null,
                from.hasIdempotencyKey() ? from.getIdempotencyKey() : null,
                from.getType(),
                from.getProgramClass(),
                from.hasMessageClass() ? from.getMessageClass() : null,
                from.hasCombinerClass() ? from.getCombinerClass() : null,
                from.getJarsList(),
                from.getTasks(),
                map(from.getInputsList(), JobMessages::read),
                from.hasOutput() ? from.getOutput() : null,
                from.getOverwrite(),
                new TreeMap<>(from.getSettingsMap()),
                new TreeMap<>(from.getConfigurationMap()),
                new TreeMap<>(from.getEnvironmentMap()),
                values(from.getAggregatorsMap(), name -> constant(Aggregate.class, name)),
                from.getMemoryBytes(),
                from.getJavaOptionsList(),
                from.getPriority(),
                from.hasSelector() ? from.getSelector() : null,
                from.getMaxAttempts(),
                from.getMaxRollbacks(),
                new JobData(
                        from.hasOutputFormat() ? from.getOutputFormat() : JobInput.TEXT,
                        new TreeMap<>(from.getFilesMap())));
    }

    private static Jobs.JobInput write(JobInput input) {
        return Jobs.JobInput.newBuilder()
                .setName(input.name())
                .setPath(input.path())
                .setFormat(input.format())
                .setPartition(input.partition())
                .setWhole(input.whole())
                .build();
    }

    private static JobInput read(Jobs.JobInput from) {
        return new JobInput(
                from.getName(),
                from.getPath(),
                from.getFormat(),
                from.hasPartition() ? from.getPartition() : JobInput.BYTES,
                from.getWhole());
    }

    static Jobs.TaskAssignment write(TaskAssignment assignment) {
        Jobs.TaskAssignment.Builder to = Jobs.TaskAssignment.newBuilder()
                .setAttempt(assignment.attempt().toString())
                .setGeneration(assignment.generation())
                .setSpec(write(assignment.spec()))
                .addAllSplits(map(assignment.splits(), split -> Jobs.InputSplit.newBuilder()
                        .setInput(split.input())
                        .setFile(split.file())
                        .setOffset(split.offset())
                        .setLength(split.length())
                        .build()));
        ifPresent(assignment.checkpoints(), to::setCheckpoints);
        ifPresent(assignment.restore(), restore -> to.setRestore(write(restore)));
        return to.build();
    }

    static Jobs.CheckpointRef write(CheckpointRef checkpoint) {
        return Jobs.CheckpointRef.newBuilder()
                .setGeneration(checkpoint.generation())
                .setSuperstep(checkpoint.superstep())
                .setFolder(checkpoint.folder())
                .setCrc32C(checkpoint.crc32c())
                .build();
    }

    static CheckpointRef read(Jobs.CheckpointRef from) {
        return new CheckpointRef(from.getGeneration(), from.getSuperstep(), from.getFolder(), from.getCrc32C());
    }

    static Jobs.CheckpointPart write(CheckpointPart part) {
        return Jobs.CheckpointPart.newBuilder()
                .setTask(part.task())
                .setFile(part.file())
                .setLength(part.length())
                .setCrc32C(part.crc32c())
                .addAllShared(part.shared())
                .build();
    }

    static CheckpointPart read(Jobs.CheckpointPart from) {
        return new CheckpointPart(
                from.getTask(), from.getFile(), from.getLength(), from.getCrc32C(), from.getSharedList());
    }

    static TaskAssignment read(Jobs.TaskAssignment from) {
        return new TaskAssignment(
                AttemptId.parse(from.getAttempt()),
                from.getGeneration(),
                read(from.getSpec()),
                map(
                        from.getSplitsList(),
                        split -> new InputSplit(
                                split.getInput(), split.getFile(), split.getOffset(), split.getLength())),
                from.hasCheckpoints() ? from.getCheckpoints() : null,
                from.hasRestore() ? read(from.getRestore()) : null);
    }

    static Jobs.PeerTable write(PeerTable table) {
        Jobs.PeerTable.Builder to = Jobs.PeerTable.newBuilder()
                .setJob(table.job().value())
                .setGeneration(table.generation())
                .setSecret(table.secret());
        for (PeerTable.PeerAddress peer : table.peers()) {
            Jobs.PeerAddress.Builder address = to.addPeersBuilder()
                    .setAttempt(peer.attempt().toString())
                    .setHost(peer.host())
                    .setPort(peer.port());
            ifPresent(peer.groom(), address::setGroom);
        }
        return to.build();
    }

    static PeerTable read(Jobs.PeerTable from) {
        return new PeerTable(
                new JobId(from.getJob()),
                from.getGeneration(),
                from.getSecret(),
                map(
                        from.getPeersList(),
                        peer -> new PeerTable.PeerAddress(
                                AttemptId.parse(peer.getAttempt()),
                                peer.hasGroom() ? peer.getGroom() : null,
                                peer.getHost(),
                                peer.getPort())));
    }

    static Jobs.TaskResult write(TaskResult result) {
        Jobs.TaskResult.Builder to = Jobs.TaskResult.newBuilder()
                .addAllParts(map(result.parts(), part -> Jobs.OutputPart.newBuilder()
                        .setTask(part.task())
                        .setTemporary(part.temporary())
                        .setName(part.name())
                        .setLength(part.length())
                        .setCrc32C(part.crc32c())
                        .build()))
                .setSuperstep(result.superstep())
                .putAllFacts(result.facts());
        result.counters()
                .forEach((group, counters) -> to.putCounters(
                        group,
                        Jobs.CounterGroup.newBuilder().putAllCounters(counters).build()));
        return to.build();
    }

    static TaskResult read(Jobs.TaskResult from) {
        return new TaskResult(
                map(
                        from.getPartsList(),
                        part -> new OutputPart(
                                part.getTask(),
                                part.getTemporary(),
                                part.getName(),
                                part.getLength(),
                                part.getCrc32C())),
                values(from.getCountersMap(), group -> new TreeMap<>(group.getCountersMap())),
                from.getSuperstep(),
                new TreeMap<>(from.getFactsMap()));
    }

    static Jobs.Cause write(Cause cause) {
        Jobs.Cause.Builder to = Jobs.Cause.newBuilder().setType(cause.type().name());
        ifPresent(cause.message(), to::setMessage);
        ifPresent(cause.attempt(), to::setAttempt);
        ifPresent(cause.groom(), to::setGroom);
        ifPresent(cause.superstep(), to::setSuperstep);
        ifPresent(cause.exception(), to::setException);
        ifPresent(cause.file(), to::setFile);
        ifPresent(cause.line(), to::setLine);
        return to.build();
    }

    static Cause read(Jobs.Cause from) {
        return new Cause(
                constant(CauseType.class, from.getType()),
                from.hasMessage() ? from.getMessage() : null,
                from.hasAttempt() ? from.getAttempt() : null,
                from.hasGroom() ? from.getGroom() : null,
                from.hasSuperstep() ? from.getSuperstep() : null,
                from.hasException() ? from.getException() : null,
                from.hasFile() ? from.getFile() : null,
                from.hasLine() ? from.getLine() : null);
    }

    static Jobs.Exit write(Exit exit) {
        Jobs.Exit.Builder to = Jobs.Exit.newBuilder();
        ifPresent(exit.code(), to::setCode);
        ifPresent(exit.signal(), to::setSignal);
        return to.build();
    }

    static Exit read(Jobs.Exit from) {
        return new Exit(from.hasCode() ? from.getCode() : null, from.hasSignal() ? from.getSignal() : null);
    }

    static <T> void ifPresent(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static <A, B> List<B> map(List<A> list, Function<A, B> each) {
        return list.stream().map(each).toList();
    }

    private static <A, B> SortedMap<String, B> values(Map<String, A> map, Function<A, B> each) {
        SortedMap<String, B> result = new TreeMap<>();
        map.forEach((key, value) -> result.put(key, each.apply(value)));
        return result;
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' is no " + type.getSimpleName() + " known here", e);
        }
    }
}
