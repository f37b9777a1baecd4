package io.valiant.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class neither calls nor refers to the methods listed, as {@code Type.method} or, where only one form is meant,
 * {@code Type.method/number of parameters}.
 */
final class NotCall extends ArchCondition<JavaClass> {
    static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.Date.<init>/0",
            "java.time.Instant.now/0");

    /** The collectors are named in the forms that choose a hash map; those that are given a map stay free. */
    static final Set<String> NONDETERMINISTIC = Stream.concat(
                    CLOCKS.stream(),
                    Stream.of(
                            "java.lang.System.identityHashCode",
                            "java.lang.System.nanoTime",
                            "java.lang.Math.random",
                            "java.util.UUID.randomUUID",
                            "java.util.Map.of",
                            "java.util.Map.ofEntries",
                            "java.util.Map.copyOf",
                            "java.util.Set.of",
                            "java.util.Set.copyOf",
                            "java.util.stream.Collectors.toMap/2",
                            "java.util.stream.Collectors.toMap/3",
                            "java.util.stream.Collectors.toSet",
                            "java.util.stream.Collectors.toUnmodifiableMap",
                            "java.util.stream.Collectors.toUnmodifiableSet",
                            "java.util.stream.Collectors.toConcurrentMap",
                            "java.util.stream.Collectors.groupingBy/1",
                            "java.util.stream.Collectors.groupingBy/2",
                            "java.util.stream.Collectors.groupingByConcurrent"))
            .collect(Collectors.toUnmodifiableSet());

    /** Types whose order, values or side effects come from outside a core. */
    static final Set<String> NONDETERMINISTIC_TYPES = Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.Random",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom",
            "java.io.File",
            "java.nio.file.Files");

    private final Set<String> forbidden;

    NotCall(String what, Set<String> forbidden) {
        super("not call " + what);
        this.forbidden = forbidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnitAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
            String name = access.getTargetOwner().getName() + "." + access.getName();
            int parameters = access.getTarget().getRawParameterTypes().size();
            if (forbidden.contains(name) || forbidden.contains(name + "/" + parameters)) {
                events.add(SimpleConditionEvent.violated(access, access.getDescription()));
            }
        }
    }
}
