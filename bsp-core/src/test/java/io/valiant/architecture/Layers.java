package io.valiant.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** A package of bsp-core imports rows below its own, and beside itself only what is listed. */
final class Layers extends ArchCondition<JavaClass> {
    /** From the ground up. */
    private static final List<Set<String>> ROWS = List.of(
            Set.of("bsp", "id", "time", "concurrent"),
            Set.of("wire", "state", "config", "metrics", "http"),
            Set.of("protocol", "transport"),
            Set.of("message", "barrier", "io"),
            Set.of("exchange", "checkpoint"),
            Set.of("task", "client", "local"),
            Set.of("cli"));

    private static final Set<String> SIDEWAYS =
            Set.of("bsp->id", "concurrent->time", "http->metrics", "local->task", "client->local");

    private final String root;

    Layers(String root) {
        super("import only packages of lower rows");
        this.root = root;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String from = packageOf(type);
        if (from.isEmpty()) {
            return;
        }
        if (row(from) < 0) {
            events.add(SimpleConditionEvent.violated(
                    type, type.getName() + " is in package " + from + ", which has no row; give it one in Layers"));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (target.getName().startsWith(root + ".") && !allowed(from, packageOf(target))) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    private static boolean allowed(String from, String to) {
        return from.equals(to) || (row(to) >= 0 && row(to) < row(from)) || SIDEWAYS.contains(from + "->" + to);
    }

    private static int row(String name) {
        for (int row = 0; row < ROWS.size(); row++) {
            if (ROWS.get(row).contains(name)) {
                return row;
            }
        }
        return -1;
    }

    /** The first package below the root: {@code message} for {@code io.valiant.message.spill}; empty for the root. */
    private String packageOf(JavaClass type) {
        if (type.getPackageName().equals(root)) {
            return "";
        }
        String below = type.getPackageName().substring(root.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
