package io.valiant.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.protocol.InputSplit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    private final FileStores stores = new FileStores(new TreeMap<>());

    @TempDir
    private Path folder;

    @Test
    void everyLineIsReadOnceHoweverTheFileIsCut() throws Exception {
        for (String text : List.of("", "a", "a\n", "\n", "\n\n", "one\ntwo\r\nthree", "x\r\n\r\ny\n\nlast\n")) {
            Path file = write("text", text.getBytes(StandardCharsets.UTF_8));
            List<String> expected =
                    text.isEmpty() ? List.of() : Arrays.asList(strip(text).split("\r?\n", -1));
            for (int first = 0; first <= text.length(); first++) {
                for (int second = first; second <= text.length(); second++) {
                    List<String> lines = new ArrayList<>();
                    lines.addAll(read(file, 0, first));
                    lines.addAll(read(file, first, second - first));
                    lines.addAll(read(file, second, text.length() - second));
                    assertThat(lines)
                            .as("'%s' cut at %d and %d", text, first, second)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Whoever passes over lines that lie ahead goes on with the next, up to the split's last. */
    @Test
    void linesAheadAreTheSplitsOwnAndMayBePassed() throws Exception {
        String text = "a\nbb\r\n\nccc\nd\n\nee";
        Path file = write("ahead", text.getBytes(StandardCharsets.UTF_8));
        for (int from = 0; from <= text.length(); from++) {
            for (int to = from; to <= text.length(); to++) {
                List<String> expected = read(file, from, to - from);
                for (int passed = 0; passed < 4; passed++) {
                    InputSplit split = new InputSplit("i", file.toString(), from, to - from);
                    assertThat(passing(split, passed))
                            .as("%d to %d, %d", from, to, passed)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** All lines, each but the first of some at a time found ahead. */
    private List<String> passing(InputSplit split, int atOnce) throws Exception {
        List<String> all = new ArrayList<>();
        try (TextLines lines = TextLines.open(stores, split)) {
            while (lines.next()) {
                all.add(new String(lines.buffer(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8));
                int at = lines.ahead();
                assertThat(lines.aheadEnd()).isGreaterThanOrEqualTo(at);
                for (int i = 0; i < atOnce && at < lines.aheadEnd(); i++) {
                    int end = at;
                    while (lines.buffer()[end] != '\n') {
                        end++;
                    }
                    all.add(new String(lines.buffer(), at, end - at, StandardCharsets.UTF_8).replace("\r", ""));
                    at = end + 1;
                }
                assertThat(at).isLessThanOrEqualTo(Math.max(at, lines.aheadEnd()));
                lines.pass(at);
            }
        }
        return all;
    }

    @Test
    void linesLongerThanTheBufferAreWhole() throws Exception {
        String line = "0123456789".repeat(80_000);
        Path file = write("long", (line + "\nshort\n" + line).getBytes(StandardCharsets.UTF_8));
        assertThat(read(file, 0, Files.size(file))).containsExactly(line, "short", line);
        assertThat(read(file, 1, Files.size(file) - 1)).containsExactly("short", line);
    }

    @Test
    void tellsOffsetAndLineNumberOfTheCurrentLine() throws Exception {
        Path file = write("numbers", "a\nbb\n\nccc\n".getBytes(StandardCharsets.UTF_8));
        try (TextLines lines = TextLines.open(stores, new InputSplit("i", file.toString(), 3, 7))) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.offset()).isEqualTo(5);
            assertThat(lines.lineNumber()).isEqualTo(3);
            assertThat(lines.next()).isTrue();
            assertThat(lines.lineNumber()).isEqualTo(4);
            assertThat(BadRecordException.at(lines, "is not a number"))
                    .hasMessage(file + " line 4 'ccc' is not a number");
        }
    }

    @Test
    void gzipIsUnpackedWhateverItsNameAlsoInSeveralMembers() throws Exception {
        byte[] first = gzip("a\nb");
        byte[] second = gzip("b\nc\n");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        Path file = write("packed.txt", both);
        assertThat(read(file, 0, -1)).containsExactly("a", "bb", "c");
        try (TextLines lines = TextLines.open(stores, new InputSplit("i", file.toString(), 0, -1))) {
            lines.next();
            lines.next();
            assertThat(lines.lineNumber()).isEqualTo(2);
        }
    }

    @Test
    void aFileNamedGzThatIsNotIsReadAsItIs() throws Exception {
        assertThat(read(write("plain.gz", "a\nb\n".getBytes(StandardCharsets.UTF_8)), 0, -1))
                .containsExactly("a", "b");
    }

    @Test
    void cutGzipIsNamedDamaged() throws Exception {
        byte[] bytes = gzip("some text that is long enough to be cut\n".repeat(50));
        Path file = write("cut.gz", Arrays.copyOf(bytes, bytes.length - 12));
        assertThatThrownBy(() -> read(file, 0, -1))
                .isInstanceOf(BspException.class)
                .hasMessageContaining("cut.gz is damaged");
    }

    @Test
    void gzipWithACutOrWrongHeadIsDamagedNotAStoreThatIsAway() throws Exception {
        byte[] bytes = gzip("a\n");
        bytes[2] = 77;
        for (Path file : List.of(write("head.gz", bytes), write("short.gz", Arrays.copyOf(bytes, 2)))) {
            assertThatThrownBy(() -> read(file, 0, -1))
                    .isInstanceOfSatisfying(
                            BspException.class, e -> assertThat(e.kind()).isEqualTo(BspException.Kind.USER))
                    .hasMessageContaining(file.getFileName() + " is damaged");
        }
    }

    @Test
    void aGzipMemberThatIsCutOrWrongIsNotTakenForTheEnd() throws Exception {
        byte[] first = gzip("a\n");
        byte[] second = gzip("b\n");
        for (int damage = 0; damage < 3; damage++) {
            int length = damage == 0 ? 5 : second.length;
            byte[] both = Arrays.copyOf(first, first.length + length);
            System.arraycopy(second, 0, both, first.length, length);
            if (damage == 1) {
                both[first.length] = 77;
            } else if (damage == 2) {
                Arrays.fill(both, first.length, both.length, (byte) 0);
            }
            Path file = write("members" + damage + ".gz", both);
            if (damage == 2) {
                assertThat(read(file, 0, -1)).containsExactly("a");
            } else {
                assertThatThrownBy(() -> read(file, 0, -1)).hasMessageContaining("is damaged");
            }
        }
    }

    @Test
    void aMissingFileIsToldByName() {
        assertThatThrownBy(() -> read(folder.resolve("none"), 0, 5)).hasMessageContaining("none: it does not exist");
    }

    private List<String> read(Path file, long offset, long length) throws BspException {
        List<String> lines = new ArrayList<>();
        try (TextLines reader = TextLines.open(stores, new InputSplit("i", "file:" + file, offset, length))) {
            while (reader.next()) {
                lines.add(new String(
                        reader.buffer(), reader.start(), reader.end() - reader.start(), StandardCharsets.UTF_8));
            }
            assertThat(reader.next()).isFalse();
        }
        return lines;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String strip(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
