package io.valiant.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.valiant.bsp.BspException;
import io.valiant.graph.GraphSettings;
import io.valiant.io.FileStores;
import io.valiant.io.LineReader;
import io.valiant.io.TextLines;
import io.valiant.protocol.InputSplit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading many plain lines at once and reading line by line give the same, whatever the lines are. */
class GraphInputTest {
    private static final String[] IDS = {
        "0",
        "1",
        "7",
        "12",
        "999",
        "65535",
        "65536",
        "1048575",
        "12345678",
        "123456789012345",
        "1234567890123456",
        "9223372036854775807",
        "-5"
    };
    private static final String[] ODD_IDS = {
        "007", "00", "x", "1.5", "+3", "9223372036854775808", "1x", "34x", "5.5", "ä", "-0", "-"
    };
    private static final String[] WEIGHTS = {"1", "0", "2.5", "-3", "1e3", "0.1", "123456789.123", "4E-7"};
    private static final String[] ODD_WEIGHTS = {"NaN", "Infinity", "x", "1,5", "--1"};

    @TempDir
    private Path folder;

    private final Random random = new Random(3);

    private record Outcome(List<String> vertices, List<String> ends, List<String> edges, String error) {}

    @Test
    void plainLinesAreReadAsAnyOthers() throws Exception {
        for (int round = 0; round < 600; round++) {
            String name = List.of(GraphSettings.VERTICES, GraphSettings.EDGES, GraphSettings.ADJACENCY)
                    .get(round % 3);
            double oddness = round % 5 == 0 ? 0.05 : 0;
            boolean weighted = random.nextInt(3) == 0;
            IdForm form = random.nextBoolean() ? IdForm.LONG : IdForm.TEXT;
            IdForm forced = random.nextInt(4) == 0 ? form : null;
            GraphFormat format = new GraphFormat(true, weighted, false, forced);
            byte[] text = text(name, weighted, oddness).getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(folder.resolve("graph"), text);
            long cut = random.nextInt(text.length + 1);
            List<InputSplit> splits = List.of(
                    new InputSplit(name, file.toString(), 0, cut),
                    new InputSplit(name, file.toString(), cut, text.length - cut));
            assertThat(read(name, format, splits, true))
                    .as("%s of %s:%n%s", name, format, new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(read(name, format, splits, false));
        }
    }

    /** What an id begins with is no id: nobody has it, so nobody would find it. */
    @Test
    void idsMayBeginWithDigits() throws Exception {
        GraphFormat format = new GraphFormat(true, false, false, null);
        String padding = "1 2\n".repeat(50);
        for (String line : new String[] {"2 1 34x", "34x 1", "2 5.5 1", "10.0.0.1\t2"}) {
            byte[] text = ("1\t2\n" + line + "\n" + padding).getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(folder.resolve("ids"), text);
            List<InputSplit> splits = List.of(new InputSplit(GraphSettings.ADJACENCY, file.toString(), 0, text.length));
            Outcome many = read(GraphSettings.ADJACENCY, format, splits, true);
            assertThat(many).as(line).isEqualTo(read(GraphSettings.ADJACENCY, format, splits, false));
            assertThat(many.ends()).doesNotContain("34", "5", "10");
        }
    }

    /** The lines of a run end where the reader's buffer does, not the run's. */
    @Test
    void filesLongerThanABufferAreReadWhole() throws Exception {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 120_000; i++) {
            String edge = i * 31 % 70_001 + " " + i * 17 % 100_003;
            text.append(edge).append(i % 1000 == 0 ? " \n" : i % 777 == 0 ? "\r\n" : "\n");
            expected.add(edge.replace(' ', '>') + ":0.0");
        }
        Path file = Files.writeString(folder.resolve("long"), text);
        InputSplit all = new InputSplit(GraphSettings.EDGES, file.toString(), 0, text.length());
        GraphFormat format = new GraphFormat(true, false, false, null);
        assertThat(read(GraphSettings.EDGES, format, List.of(all), true).edges())
                .isEqualTo(expected);
    }

    @Test
    void badLinesAmongManyGoodOnesAreNamed() throws Exception {
        String text = "1 2\n".repeat(60_000) + "3\n" + "1 2\n".repeat(10);
        Path file = Files.writeString(folder.resolve("bad"), text);
        InputSplit all = new InputSplit(GraphSettings.EDGES, file.toString(), 0, text.length());
        GraphInput input = input(
                GraphSettings.EDGES,
                new GraphFormat(true, false, false, null),
                List.of(all),
                split -> TextLines.open(new FileStores(new TreeMap<>()), split));
        assertThatThrownBy(input::read).hasMessageEndingWith("bad line 60001 '3' is not an edge: two ids");
    }

    private String text(String name, boolean weighted, double oddness) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(60);
        for (int i = 0; i < lines; i++) {
            int words =
                    switch (name) {
                        case GraphSettings.VERTICES -> 1;
                        case GraphSettings.EDGES -> weighted || random.nextInt(5) == 0 ? 3 : 2;
                        default -> (weighted ? 2 : 1) * random.nextInt(5) + 1;
                    };
            for (int w = 0; w < words; w++) {
                boolean weight = weighted && (name.equals(GraphSettings.EDGES) ? w == 2 : w > 0 && w % 2 == 0);
                text.append(w == 0 ? "" : random.nextInt(8) == 0 ? "\t" : " ");
                text.append(weight ? word(WEIGHTS, ODD_WEIGHTS, oddness) : word(IDS, ODD_IDS, oddness));
            }
            boolean odd = random.nextDouble() < oddness;
            text.append(odd ? random.nextInt(2) == 0 ? " " : " 1 2 3" : "");
            text.append(random.nextInt(10) == 0 ? "\r\n" : "\n");
            text.append(random.nextInt(20) == 0 ? "\n" : "");
        }
        if (random.nextInt(3) == 0 && text.length() > 0) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private String word(String[] plain, String[] odd, double oddness) {
        String[] from = random.nextDouble() < oddness ? odd : plain;
        return from[random.nextInt(from.length)];
    }

    private Outcome read(String name, GraphFormat format, List<InputSplit> splits, boolean ahead) {
        FileStores stores = new FileStores(new TreeMap<>());
        GraphInput.Opener opener = split -> {
            TextLines lines = TextLines.open(stores, split);
            return ahead ? lines : new OneByOne(lines);
        };
        try {
            GraphInput input = input(name, format, splits, opener).read();
            IdSet ids = input.ends().ids();
            List<String> edges = new ArrayList<>();
            EdgeStage stage = input.edges();
            for (int p = 0; p < stage.pieces(); p++) {
                for (int i = 0; i < stage.pieceSize(p); i++) {
                    double weight = format.weighted() ? stage.weights(p)[i] : 0;
                    edges.add(
                            ids.text(stage.pairs(p)[2 * i]) + ">" + ids.text(stage.pairs(p)[2 * i + 1]) + ":" + weight);
                }
            }
            assertThat(edges).hasSize((int) stage.size());
            return new Outcome(texts(input.vertices().ids()), texts(ids), edges, null);
        } catch (BspException e) {
            return new Outcome(null, null, null, e.getMessage());
        }
    }

    private static GraphInput input(
            String name, GraphFormat format, List<InputSplit> splits, GraphInput.Opener opener) {
        return new GraphInput(
                opener,
                format,
                name.equals(GraphSettings.VERTICES) ? splits : List.of(),
                name.equals(GraphSettings.EDGES) ? splits : List.of(),
                name.equals(GraphSettings.ADJACENCY) ? splits : List.of());
    }

    private static List<String> texts(IdSet ids) {
        TreeSet<String> texts = new TreeSet<>();
        for (int i = 0; i < ids.size(); i++) {
            if (ids.has(i)) {
                assertThat(texts.add(ids.text(i))).isTrue();
            }
        }
        assertThat(ids.count()).isEqualTo(texts.size());
        return new ArrayList<>(texts);
    }

    /** A reader that has never a line more than was asked for. */
    private record OneByOne(TextLines lines) implements LineReader {
        @Override
        public boolean next() throws BspException {
            return lines.next();
        }

        @Override
        public byte[] buffer() {
            return lines.buffer();
        }

        @Override
        public int start() {
            return lines.start();
        }

        @Override
        public int end() {
            return lines.end();
        }

        @Override
        public int ahead() {
            return lines.ahead();
        }

        @Override
        public int aheadEnd() {
            return lines.ahead();
        }

        @Override
        public void pass(int to) {
            lines.pass(to);
        }

        @Override
        public long offset() {
            return lines.offset();
        }

        @Override
        public String file() {
            return lines.file();
        }

        @Override
        public long lineNumber() throws BspException {
            return lines.lineNumber();
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
