package io.valiant.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.valiant.bsp.Bsp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.hadoop.io.Writable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/data.md} shows, in its order: compiles its programs, runs its commands on a cluster. */
@Timeout(600)
class DataPageIT {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private static Path folder;

    private static Commands commands;

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        commands = new Commands(folder.resolve("c"));
        Commands.Said said = commands.cluster("start", "--grooms", "2", "--slots", "3");
        assertThat(said.code()).as(said.err()).isZero();
    }

    @AfterAll
    static void stopCluster() throws IOException, InterruptedException {
        Commands.Said said = commands.cluster("stop");
        assertThat(said.code()).as(said.err()).isZero();
    }

    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(HOME.resolve("docs/data.md")));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    @Test
    void everythingOnThePageWorksAsItSays() throws IOException, InterruptedException {
        List<Block> blocks = blocks();
        Path work = Files.createDirectory(folder.resolve("work"));
        pack(compiled(blocks), work.resolve("examples.jar"));
        int ran = 0;
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).language.equals("sh")) {
                String out = shell(blocks.get(i).text, work, i);
                assertThat(blocks.get(i + 1).language).isEqualTo("text");
                assertThat(out).as(blocks.get(i).text).endsWith(blocks.get(i + 1).text);
                ran++;
            }
        }
        assertThat(ran).isGreaterThanOrEqualTo(4);
        // what was staged goes with its job
        Path staging = Path.of(systemDir()).resolve("staging");
        await().atMost(Duration.ofSeconds(30)).until(() -> isEmpty(staging));
    }

    private static boolean isEmpty(Path staging) throws IOException {
        try (Stream<Path> left = Files.list(staging)) {
            return left.findAny().isEmpty();
        }
    }

    private static String systemDir() throws IOException {
        Matcher dir = Pattern.compile("<name>bsp\\.system\\.dir</name>\\s*<value>(?:file://)?([^<]+)</value>")
                .matcher(Files.readString(folder.resolve("c/conf/bsp-site.xml")));
        assertThat(dir.find()).isTrue();
        return dir.group(1);
    }

    private static Path compiled(List<Block> blocks) throws IOException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-Xlint:all,-classfile,-path", "-Werror", "-proc:none", "-d", classes.toString()));
        arguments.addAll(
                List.of("-cp", place(Bsp.class) + System.getProperty("path.separator") + place(Writable.class)));
        for (Block block : blocks) {
            if (block.language.equals("java")) {
                Matcher name = CLASS.matcher(block.text);
                assertThat(name.find()).isTrue();
                arguments.add(Files.writeString(sources.resolve(name.group(1) + ".java"), block.text)
                        .toString());
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path said = folder.resolve("javac");
        try (OutputStream err = Files.newOutputStream(said)) {
            int code = compiler.run(null, null, err, arguments.toArray(String[]::new));
            assertThat(code).as(Files.readString(said)).isZero();
        }
        return classes;
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** What the commands print. */
    private static String shell(String text, Path work, int number) throws IOException, InterruptedException {
        String script = "set -e\nbsp() { '" + HOME.resolve("bin/bsp") + "' --config '" + folder.resolve("c/conf")
                + "' \"$@\"; }\n" + text;
        Path out = folder.resolve("out" + number);
        Path err = folder.resolve("err" + number);
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(text).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", text, Files.readString(err, StandardCharsets.UTF_8))
                .isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
