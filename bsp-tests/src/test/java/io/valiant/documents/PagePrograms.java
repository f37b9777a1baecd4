package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspTest;
import io.valiant.graph.GraphJob;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.hadoop.io.Writable;
import org.apiguardian.api.API;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The programs of a page, compiled against what users compile against. */
final class PagePrograms {
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
    private static final List<Class<?>> LIBRARIES =
            List.of(Bsp.class, GraphJob.class, Writable.class, BspTest.class, Test.class, API.class, Assertions.class);

    private final Path classes;

    private PagePrograms(Path classes) {
        this.classes = classes;
    }

    /** Compiles all that is Java on the page, without a warning. */
    static PagePrograms compiled(Document page, Path folder) throws IOException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all,-classfile,-path,-processing,-serial",
                "-Werror",
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                LIBRARIES.stream().map(PagePrograms::place).collect(Collectors.joining(File.pathSeparator))));
        for (Block block : page.blocks()) {
            if (block.is("java") && block.mark("file") == null && block.mark("fragment") == null) {
                Matcher name = CLASS.matcher(block.text());
                assertThat(name.find()).as(page.place(block)).isTrue();
                arguments.add(Files.writeString(sources.resolve(name.group(1) + ".java"), block.text())
                        .toString());
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path said = folder.resolve("javac");
        try (OutputStream err = Files.newOutputStream(said)) {
            int code = compiler.run(null, null, err, arguments.toArray(String[]::new));
            assertThat(code).as(Files.readString(said)).isZero();
        }
        return new PagePrograms(classes);
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    /** Puts them into a jar. */
    void pack(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** Runs every method with {@code @Test}; how many there are. */
    int test() throws Exception {
        int ran = 0;
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()}, PagePrograms.class.getClassLoader());
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(path -> path.toString().endsWith("Test.class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                ran += test(Class.forName(name, true, loader));
            }
        }
        return ran;
    }

    private static int test(Class<?> type) throws Exception {
        int ran = 0;
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isAnnotationPresent(Test.class)) {
                continue;
            }
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            try {
                method.invoke(constructor.newInstance());
            } catch (InvocationTargetException e) {
                throw new AssertionError(type.getName() + "." + method.getName(), e.getCause());
            }
            ran++;
        }
        return ran;
    }
}
