package io.valiant.protocol.ipc;

import io.valiant.id.AttemptId;
import io.valiant.id.GroomId;
import io.valiant.id.JobId;
import io.valiant.protocol.Intervals;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records with every component filled from a seed; those that may be null sometimes are. */
final class RandomRecords {
    /** Components that may be null, by record and name. */
    private static final Set<String> NULLABLE = Set.of(
            "JobSpec.requestedId",
            "JobSpec.idempotencyKey",
            "JobSpec.messageClass",
            "JobSpec.combinerClass",
            "JobSpec.output",
            "JobSpec.selector",
            "Cause.message",
            "Cause.attempt",
            "Cause.groom",
            "Cause.superstep",
            "Cause.exception",
            "Cause.file",
            "Cause.line",
            "Exit.code",
            "Exit.signal",
            "Ended.exit",
            "Ended.cause",
            "LinkLost.detail",
            "KillAttempt.reason",
            "Fenced.reason",
            "Refused.reason",
            "AttemptSummary.host",
            "AttemptProgress.phase",
            "NodeReport.diskPath",
            "NodeReport.unhealthy",
            "GroomRegistration.http",
            "GroomRegistration.report",
            "GroomRegistration.version",
            "PeerAddress.groom",
            "JobQuery.state",
            "JobQuery.user",
            "JobQuery.after",
            "JobPage.next",
            "JobStatus.phase",
            "JobStatus.reason",
            "JobStatus.completion",
            "JobStatus.cause",
            "JobStatus.superstep",
            "JobStatus.waitingFor",
            "JobStatus.startedAt",
            "JobStatus.finishedAt",
            "JobStatus.nextTryAt",
            "JobStatus.checkpoint",
            "JobStatus.output",
            "Attempt.pid",
            "Attempt.exitCode",
            "Attempt.signal",
            "Attempt.cause",
            "GroomStatus.reason",
            "Cpu.load");

    private final Random random;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    <T> T make(Class<T> type) {
        return type.cast(value(type, type.getSimpleName()));
    }

    private Object value(Type generic, String where) {
        if (NULLABLE.contains(where) && random.nextBoolean()) {
            return null;
        }
        if (generic instanceof ParameterizedType p) {
            return collection(p, where);
        }
        Class<?> type = (Class<?>) generic;
        if (type.isSealed()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return value(kinds[random.nextInt(kinds.length)], where);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        return type.isRecord() ? aRecord(type) : scalar(type, where);
    }

    private Object collection(ParameterizedType type, String where) {
        int size = random.nextInt(4);
        if (type.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(value(type.getActualTypeArguments()[0], where));
            }
            return list;
        }
        if (type.getRawType() != SortedMap.class) {
            throw new AssertionError(where + " is a " + type);
        }
        SortedMap<String, Object> map = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            map.put(text(), value(type.getActualTypeArguments()[1], where));
        }
        return map;
    }

    private Object scalar(Class<?> type, String where) {
        if (type == String.class) {
            return text();
        } else if (type == long.class || type == Long.class) {
            return where.equals("JobSpec.memoryBytes") ? 1L + random.nextInt(1 << 30) : random.nextLong();
        } else if (type == int.class || type == Integer.class) {
            return where.startsWith("JobSpec.") || where.equals("JobQuery.limit")
                    ? (Object) (1 + random.nextInt(100))
                    : (Object) random.nextInt();
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == double.class || type == Double.class) {
            return random.nextDouble();
        } else if (type == Instant.class) {
            return Instant.ofEpochMilli(random.nextInt());
        }
        throw new AssertionError(where + " is a " + type);
    }

    private Object aRecord(Class<?> type) {
        if (type == JobId.class) {
            return new JobId("job_" + random.nextInt(1000));
        } else if (type == GroomId.class) {
            return new GroomId("groom-" + random.nextInt(1000));
        } else if (type == AttemptId.class) {
            return new AttemptId(new JobId("j_t1_a" + random.nextInt(9)), random.nextInt(99), 1 + random.nextInt(9));
        } else if (type == Intervals.class) {
            long beat = 1L + random.nextInt(1000);
            return new Intervals(beat, 3 * beat, 4 * beat);
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(c -> value(c.getGenericType(), type.getSimpleName() + "." + c.getName()))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " of " + Arrays.toString(values), e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextInt(8) == 0 ? 0x1F600 + random.nextInt(50) : 32 + random.nextInt(1000));
        }
        return text.toString();
    }
}
