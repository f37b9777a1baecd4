package io.valiant.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.config.BspConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSpecsTest {
    @TempDir
    private Path folder;

    @Test
    void aProgramsOwnJarGoesWithItWhereOthersAreAddedThatDoNotHoldIt() throws Exception {
        Path classes = compile();
        Path library = jar("library.jar", "other/Thing.class");
        try (URLClassLoader loader = loader(classes)) {
            BspJob job = BspJob.of(loader.loadClass("user.Program")).jar(library);
            assertThat(JobSpecs.of(job, BspConfiguration.defaults()).jars())
                    .containsExactly("file://" + library, "file://" + classes);
        }
    }

    @Test
    void aJarThatHoldsTheProgramStandsForTheOneItWasLoadedFrom() throws Exception {
        Path classes = compile();
        Path built = jar("built.jar", "user/Program.class");
        try (URLClassLoader loader = loader(classes)) {
            BspJob job = BspJob.of(loader.loadClass("user.Program")).jar(built);
            assertThat(JobSpecs.of(job, BspConfiguration.defaults()).jars()).containsExactly("file://" + built);
        }
    }

    private static URLClassLoader loader(Path classes) throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, JobSpecsTest.class.getClassLoader());
    }

    private Path compile() throws IOException {
        String source = "package user; public class Program extends io.valiant.bsp.SuperstepProgram<"
                + "org.apache.hadoop.io.LongWritable, org.apache.hadoop.io.LongWritable> {"
                + " public io.valiant.bsp.Next superstep(org.apache.hadoop.io.LongWritable state,"
                + " io.valiant.bsp.Peer<org.apache.hadoop.io.LongWritable> peer) { return io.valiant.bsp.Next.HALT; } }";
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///user/Program.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, List.of(file))
                        .call())
                .isTrue();
        return classes;
    }

    private Path jar(String name, String entry) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Path compiled = folder.resolve("classes").resolve(entry);
            if (Files.exists(compiled)) {
                Files.copy(compiled, out);
            }
        }
        return jar;
    }

    private static SortedMap<String, String> configuration(BspJob job, String clientsThreads) throws BspException {
        SortedMap<String, String> given = new TreeMap<>();
        if (clientsThreads != null) {
            given.put("bsp.task.threads", clientsThreads);
        }
        return JobSpecs.of(job, BspConfiguration.of("test", given)).configuration();
    }

    @Test
    void theNumberOfThreadsReachesTasksFromTheJobElseFromTheClient() throws Exception {
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class), null)).isEmpty();
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class), "3")).containsEntry("bsp.task.threads", "3");
        assertThat(configuration(BspJob.of(LocalPrograms.Route.class).configure("bsp.task.threads", "2"), "3"))
                .containsEntry("bsp.task.threads", "2");
    }
}
