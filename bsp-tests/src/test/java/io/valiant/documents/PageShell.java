package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Follows pages from the top as a reader with one terminal does: writes the files they show, runs their commands, each block
 * where and with the variables that the one before has left, and compares what is shown of their output. Folders under
 * {@code /tmp} are ones of the test's own.
 */
final class PageShell implements AutoCloseable {
    private static final long LONGEST_S = 240;

    /** A block begins where the one before has left the terminal, and leaves it to the next. */
    private static final String PRELUDE =
            """
            set -e
            keep() { { printf "cd '%s'\\n" "$PWD"; export -p; } >'STATE'; }
            [ ! -e 'STATE' ] || . 'STATE'
            trap keep EXIT
            """;

    private final Path work;
    private final Path temporary;
    private final Path state;
    private final Path out;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> words = new TreeMap<>();
    private final List<Path> links = new ArrayList<>();
    private int ran;

    /** @param folder where everything goes; the commands begin in its folder {@code work} */
    PageShell(Path folder) throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        temporary = Files.createDirectory(folder.resolve("t"));
        state = folder.resolve("state");
        out = folder.resolve("out");
    }

    /** Where the commands begin. */
    Path work() {
        return work;
    }

    /** What the page calls {@code /tmp/NAME}. */
    Path temporary(String name) {
        return temporary.resolve(name);
    }

    /** Sets a variable of the environment. */
    PageShell set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Says what stands for a word of the page, such as NAME. */
    PageShell word(String ofPage, String meaning) {
        words.put(ofPage, meaning);
        return this;
    }

    /** Puts a file or folder where the commands begin, until this is closed. */
    PageShell link(String name, Path target) throws IOException {
        links.add(Files.createSymbolicLink(work.resolve(name), target));
        return this;
    }

    /** How many blocks of commands have been run. */
    int ran() {
        return ran;
    }

    /** Does everything that is on the page. */
    void follow(Document page) throws IOException, InterruptedException {
        List<Block> blocks = page.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.mark("file") != null) {
                write(page, block);
            } else if (block.isRun()) {
                String printed = run(page, block);
                if (i + 1 < blocks.size() && blocks.get(i + 1).is(Block.OUTPUT)) {
                    String shown = blocks.get(i + 1).text();
                    assertThat(ShownOutput.agrees(shown, printed))
                            .as(
                                    "%s shows%n%s%nfor%n%s%nwhich printed%n%s",
                                    page.place(blocks.get(i + 1)), shown, block.text(), printed)
                            .isTrue();
                }
            }
        }
    }

    private void write(Document page, Block block) throws IOException {
        Path file = directory().resolve(block.mark("file"));
        Files.createDirectories(file.getParent());
        if (!block.is("diff")) {
            Files.writeString(file, block.text());
            return;
        }
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (String line : block.text().split("\n")) {
            char kind = line.isEmpty() ? ' ' : line.charAt(0);
            String text = line.isEmpty() ? "\n" : line.substring(1) + "\n";
            before.append(kind == '+' ? "" : text);
            after.append(kind == '-' ? "" : text);
        }
        String content = Files.readString(file);
        int at = content.indexOf(before.toString());
        assertThat(at)
                .as("%s changes what is not in %s", page.place(block), file)
                .isNotNegative();
        Files.writeString(file, content.substring(0, at) + after + content.substring(at + before.length()));
    }

    /** Where the block before has left the terminal. */
    private Path directory() throws IOException {
        if (Files.exists(state)) {
            for (String line : Files.readAllLines(state)) {
                if (line.startsWith("cd ")) {
                    return Path.of(line.substring("cd '".length(), line.length() - 1));
                }
            }
        }
        return work;
    }

    /** What the commands print. */
    private String run(Document page, Block block) throws IOException, InterruptedException {
        String text = block.text();
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
        }
        text = text.replaceAll("(?<![\\w/])/tmp/", temporary + "/");
        String script = PRELUDE.replace("STATE", state.toString()) + text;
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(LONGEST_S, TimeUnit.SECONDS);
        String printed = Files.readString(out, StandardCharsets.UTF_8).replace(temporary + "/", "/tmp/");
        if (!ended) {
            process.destroyForcibly();
            throw new AssertionError(page.place(block) + " has not ended in " + LONGEST_S + " s:\n" + printed);
        }
        int wanted = block.mark("exit") == null ? 0 : Integer.parseInt(block.mark("exit"));
        assertThat(process.exitValue())
                .as("%s%n%s%nprinted%n%s", page.place(block), block.text(), printed)
                .isEqualTo(wanted);
        ran++;
        return printed;
    }

    @Override
    public void close() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }
}
