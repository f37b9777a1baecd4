package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.graph.VertexProgram;
import io.valiant.groom.launch.CompilerOptions;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JVM says nothing of a method that there is not: a renamed one would lose what its compiler was told of it. */
class CompilerOptionsTest {
    /** One of the package of which all is named. */
    private static final String CURSOR = "io.valiant.graph.general.GeneralCursor";

    /** A class, with a star for those that begin so, or a star for any; a method or a star; the descriptor; what is said of it. */
    private static final Pattern NAMED =
            Pattern.compile("(io\\.valiant\\.[\\w.]+|\\*)\\*?(?:::|\\.)(\\*|\\w+)(\\(.*?\\)[^,]+)?(?:,.*)?");

    @Test
    void whatIsNamedIsThere() throws Exception {
        for (boolean fewProcessors : new boolean[] {false, true}) {
            List<String> all = named(fewProcessors);
            assertThat(all).hasSizeGreaterThan(10);
            for (String named : all) {
                Matcher parts = NAMED.matcher(named);
                assertThat(parts.matches()).as(named).isTrue();
                assertThat(isThere(parts.group(1), parts.group(2), parts.group(3)))
                        .as(named)
                        .isTrue();
            }
        }
    }

    private static List<String> named(boolean fewProcessors) {
        return CompilerOptions.of(fewProcessors).stream()
                .filter(option -> option.contains("=dontinline,") || option.contains("=CompileThresholdScaling,"))
                .map(option -> option.substring(option.indexOf(',') + 1))
                .toList();
    }

    /** Of patterns for any class the method is that of general vertex programs. */
    private static boolean isThere(String type, String method, String descriptor) throws ClassNotFoundException {
        if (type.endsWith(".")) {
            return type.equals(CURSOR.substring(0, type.length()))
                    && !CURSOR.substring(type.length()).contains(".");
        }
        Class<?> found = type.equals("*")
                ? VertexProgram.class
                : Class.forName(type, false, CompilerOptions.class.getClassLoader());
        return method.equals("*")
                || Arrays.stream(found.getDeclaredMethods())
                        .anyMatch(each -> each.getName().equals(method)
                                && (descriptor == null || descriptor.equals(descriptor(each))));
    }

    private static String descriptor(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
    }
}
