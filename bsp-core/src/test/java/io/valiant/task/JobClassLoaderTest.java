package io.valiant.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.io.FileStores;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobClassLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void twoJobsOfOneJarShareNoStatics() throws Exception {
        Path jar = jar("user.Counting", "package user; public class Counting { public static int count; }");
        try (JobClassLoader first = loader(jar);
                JobClassLoader second = loader(jar)) {
            first.loadClass("user.Counting").getField("count").setInt(null, 5);
            assertThat(second.loadClass("user.Counting").getField("count").getInt(null))
                    .isZero();
            assertThat(first.loadClass("user.Counting")).isSameAs(first.loadClass("user.Counting"));
        }
    }

    @Test
    void theJobsOwnLibraryGoesBeforeTheSystems() throws Exception {
        Path jar = jar(
                "org.assertj.core.api.Assertions",
                "package org.assertj.core.api; public class Assertions { public static final int MINE = 1; }");
        try (JobClassLoader loader = loader(jar)) {
            assertThat(loader.loadClass("org.assertj.core.api.Assertions").getField("MINE"))
                    .isNotNull();
            assertThat(loader.getResource("org/assertj/core/api/Assertions.class")
                            .toString())
                    .contains("job.jar");
        }
    }

    @Test
    void whatBothSidesShareIsTheSystems() throws Exception {
        Path jar = jar("io.valiant.bsp.Bsp", "package io.valiant.bsp; public class Bsp { }");
        try (JobClassLoader loader = loader(jar)) {
            assertThat(loader.loadClass("io.valiant.bsp.Bsp")).isSameAs(io.valiant.bsp.Bsp.class);
            assertThat(loader.loadClass("org.apache.hadoop.io.Text")).isSameAs(org.apache.hadoop.io.Text.class);
        }
    }

    @Test
    void ofManyResourcesOfOneNameTheJobsOwnComeFirst() throws Exception {
        String name = "org/assertj/core/api/Assertions.class";
        Path jar = jar("org.assertj.core.api.Assertions", "package org.assertj.core.api; public class Assertions { }");
        try (JobClassLoader loader = loader(jar)) {
            List<URL> found = Collections.list(loader.getResources(name));
            assertThat(found).hasSize(2);
            assertThat(found.get(0).toString()).contains("job.jar");
            assertThat(found.get(0)).isEqualTo(loader.getResource(name));
        }
    }

    private JobClassLoader loader(Path jar) throws Exception {
        return JobJars.loader(List.of(jar.toString()), new FileStores(new TreeMap<>()), folder.resolve("copies"));
    }

    private Path jar(String className, String source) throws IOException {
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> options = List.of("-d", classes.toString(), "-proc:none", "-cp", classes.toString());
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, List.of(file))
                        .call())
                .isTrue();
        Path jar = folder.resolve("job.jar");
        String entry = className.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(classes.resolve(entry), out);
        }
        return jar;
    }
}
