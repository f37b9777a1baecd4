package io.valiant.groom.launch;

import io.valiant.groom.core.JvmOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Arguments and environment of a child JVM. What users give is always an argument of its own, never shell text. */
final class ChildCommand {
    private static final int FEW_PROCESSORS = 4;
    private static final long LONG_REFERENCES_KIB = 31L << 20;
    private static final int NATIVE_ACCESS_VERSION = 24;
    /** The heap of a child begins so small and grows with what lives in it. */
    private static final long FIRST_HEAP_KIB = 64L << 10;

    /** Options that say how large the heap or a part of it is. */
    private static final String SIZES = "-Xm[snx].*|-XX:\\w*(Heap|New|Old)Size.*|-XX:\\w*RAM(Percentage|Fraction).*";

    /** Where a JVM finds more options. */
    private static final List<String> OPTION_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final List<String> KEPT_VARIABLES =
            List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "HADOOP_USER_NAME");

    private ChildCommand() {}

    /** The JVM and its arguments. */
    static List<String> arguments(LaunchConfig config, JvmOptions jvm, String tag, ChildFiles files) {
        List<String> command = new ArrayList<>();
        command.add(config.java().toString());
        command.add("-Xmx" + jvm.heapKib() + "k");
        boolean fewProcessors = config.processors() < FEW_PROCESSORS;
        command.addAll(CompilerOptions.of(fewProcessors));
        boolean choosesCollector = jvm.options().stream().anyMatch(option -> option.matches("-XX:\\+Use\\w+GC"));
        if (fewProcessors && !choosesCollector) {
            // Several children share few processors: parallel collectors would only stand in each other's way.
            command.add("-XX:+UseSerialGC");
            boolean choosesSizes = jvm.options().stream().anyMatch(option -> option.matches(SIZES))
                    || OPTION_VARIABLES.stream()
                            .anyMatch(variable -> jvm.environment().containsKey(variable));
            if (!choosesSizes) {
                // By itself the JVM begins with a part of all memory, and fills that with garbage before it looks for
                // any.
                command.add("-Xms" + Math.min(jvm.heapKib(), FIRST_HEAP_KIB) + "k");
            }
        }
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + files.crash());
        if (Runtime.version().feature() >= NATIVE_ACCESS_VERSION) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        config.archive().filter(archive -> mapsArchives(jvm)).ifPresent(archive -> {
            command.add("-XX:SharedArchiveFile=" + archive);
            // where it is no longer good the JVM starts without, and what it says of it is not the program's output
            command.add("-Xlog:cds*=off");
        });
        // JDK 17 would still allow a security manager to be set later, and so asks its class loader again for each
        // class that a
        // program names before its code is compiled well
        command.add("-Djava.security.manager=disallow");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Djava.io.tmpdir=" + files.temporary());
        command.add("-Dorg.slf4j.simpleLogger.log.org.apache.hadoop=warn");
        command.add("-Dorg.slf4j.simpleLogger.log.org.apache.hadoop.util.NativeCodeLoader=error");
        command.addAll(jvm.options());
        command.add(ProcessName.tagArgument(tag));
        command.add("-cp");
        command.add(config.classPath().stream().map(Path::toString).collect(Collectors.joining(":")));
        command.add(config.mainClass());
        return command;
    }

    /** An archive is mapped only where references are as long as in it; else the JVM would do without its own as well. */
    private static boolean mapsArchives(JvmOptions jvm) {
        return jvm.heapKib() < LONG_REFERENCES_KIB
                && jvm.options().stream().noneMatch(option -> option.matches("-XX:(\\+UseZGC|-UseCompressed\\w+)"));
    }

    /** A clean environment: what any program needs of the groom's, and the job's. */
    static Map<String, String> environment(JvmOptions jvm, Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>();
        for (String name : KEPT_VARIABLES) {
            String value = own.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(jvm.environment());
        return environment;
    }
}
