package io.valiant.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are taken apart as a reader sees them, and what is shown of output is compared but for what must differ. */
class DocumentTest {
    /** A link within the checkout, with the heading it leads to. */
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    @Test
    void blocksHaveLanguageMarksAndText() {
        Document page = Document.of(
                "a page",
                List.of(
                        "Text `a",
                        "b` and `c`.",
                        "",
                        "    indented",
                        "",
                        "    on",
                        "",
                        "<!-- exit: 1 -->",
                        "```sh",
                        "ls",
                        "",
                        "```",
                        "- point",
                        "    `d` in it",
                        "```text",
                        "x",
                        "```"));
        assertThat(page.blocks())
                .containsExactly(
                        new Block(Block.INDENTED, "indented\non\n", 4, Map.of()),
                        new Block(Block.SHELL, "ls\n\n", 9, Map.of("exit", "1")),
                        new Block(Block.OUTPUT, "x\n", 15, Map.of()));
        assertThat(page.spans()).containsExactly("a b", "c", "d");
    }

    @Test
    void outputAgreesButForWhatDiffersInEachRun() {
        String shown = "ID         STATE\njob_c1_2   FAILED   2026-01-02T03:04:05.678Z\n…\nended by …: yes\n";
        assertThat(
                        ShownOutput.agrees(
                                shown,
                                "first\nID           STATE\njob_ab12cd_2  FAILED  2027-11-12T13:14:15Z\na\nb\nended by me: yes\n"))
                .isTrue();
        assertThat(ShownOutput.agrees(
                        shown, "ID           STATE\njob_ab12cd_3  FAILED  2027-11-12T13:14:15Z\nended by me: yes\n"))
                .isFalse();
        assertThat(ShownOutput.agrees(shown, "ID  STATE\njob_a_2  FAILED  2027-11-12T13:14:15Z\nended by me: no\n"))
                .isFalse();
        assertThat(ShownOutput.agrees("a\n", "a\nb\n")).as("more than is shown").isFalse();
    }

    /** On these pages commands are run, so none may hide in a block that nobody runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/getting-started.md",
                "docs/operations.md",
                "docs/running-a-cluster.md",
                "docs/migrating-from-hama.md",
                "docs/tutorial.md",
                "docs/writing-programs.md",
                "docs/data.md"
            })
    void commandsToRunAreInBlocksOfShell(String name) throws IOException {
        assertThat(Document.of(name).blocks())
                .extracting(Block::language)
                .isSubsetOf("sh", "text", "java", "xml", "diff");
    }

    @Test
    void linksLeadToWhatIsThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Document page : Document.all()) {
            Path file = Document.HOME.resolve(page.name());
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
                if (!Files.exists(target) || (link.group(2) != null && !headings(target).contains(link.group(2)))) {
                    broken.add(page.name() + ": " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** As links name them: lower case, with hyphens for blanks, without all else. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
