package io.valiant.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as its tests see it.
 *
 * @param name its path in the checkout
 * @param blocks its blocks of code, from the top
 * @param spans its code within lines of text, from the top
 */
record Document(String name, List<Block> blocks, List<String> spans) {
    /** The checkout. */
    static final Path HOME = Path.of("").toAbsolutePath().getParent();

    private static final Pattern MARK = Pattern.compile("<!-- ([a-z ]+): (.*) -->");
    private static final Pattern SPAN = Pattern.compile("`((?:[^`\\n]|\\n(?!\\n))+)`");
    private static final String FENCE = "```";
    private static final String INDENT = "    ";

    static Document of(String name) throws IOException {
        return of(name, Files.readAllLines(HOME.resolve(name)));
    }

    static Document of(String name, List<String> lines) {
        return new Reader().read(name, lines);
    }

    /** All pages that are meant for people who use Valiant or look after it. */
    static List<Document> all() throws IOException {
        List<Document> all = new ArrayList<>(List.of(of("README.md")));
        try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
            for (Path page : pages.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                all.add(of(HOME.relativize(page).toString()));
            }
        }
        return all;
    }

    /** Where a block is, for messages. */
    String place(Block block) {
        return name + " line " + block.line();
    }

    /** Goes through the lines of one page. */
    private static final class Reader {
        private final List<Block> blocks = new ArrayList<>();
        private final StringBuilder prose = new StringBuilder();
        private final Map<String, String> marks = new TreeMap<>();
        private final StringBuilder text = new StringBuilder();
        private String language;
        private int begin;

        Document read(String name, List<String> lines) {
            String before = "";
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (language != null && !language.equals(Block.INDENTED)) {
                    inFence(line);
                } else if (line.startsWith(INDENT) && (language != null || before.isBlank())) {
                    open(Block.INDENTED, i);
                    text.append(line.substring(INDENT.length())).append('\n');
                } else if (language == null || !line.isBlank()) {
                    outside(line, i);
                }
                before = line;
            }
            close();
            List<String> spans = new ArrayList<>();
            for (Matcher span = SPAN.matcher(prose); span.find(); ) {
                spans.add(span.group(1).replace('\n', ' ').replace("\\|", "|"));
            }
            return new Document(name, List.copyOf(blocks), List.copyOf(spans));
        }

        private void inFence(String line) {
            if (line.equals(FENCE)) {
                close();
            } else {
                text.append(line).append('\n');
            }
        }

        private void outside(String line, int at) {
            close();
            Matcher mark = MARK.matcher(line);
            if (line.startsWith(FENCE)) {
                open(line.substring(FENCE.length()).strip(), at);
            } else if (mark.matches()) {
                marks.put(mark.group(1), mark.group(2));
            } else {
                prose.append(line).append('\n');
            }
        }

        private void open(String of, int at) {
            if (language == null) {
                language = of;
                begin = at + 1;
            }
        }

        private void close() {
            if (language != null) {
                blocks.add(new Block(language, text.toString(), begin, Map.copyOf(marks)));
                marks.clear();
                text.setLength(0);
                language = null;
            }
        }
    }
}
