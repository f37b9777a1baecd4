package io.valiant.examples;

import io.valiant.bsp.Bsp;
import io.valiant.bsp.BspException;
import io.valiant.bsp.Peer;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.io.NullWritable;

/**
 * Makes input for the other examples. Every line follows from the seed and its number alone, so the lines are the same whatever
 * the number of tasks. (Graphs: {@code bsp graph generate}.)
 */
public final class RandomData extends Bsp<NullWritable> {
    /** Setting: a name of {@link Kind}, in small letters. */
    public static final String KIND = "data.kind";

    /** Setting: how many lines, of a matrix rows, of ratings users; 1000 unless told. */
    public static final String ROWS = "data.rows";

    /** Setting: coordinates, variables, columns or items; 2 unless told. */
    public static final String COLUMNS = "data.columns";

    /** Setting: where chance begins; 1 unless told. */
    public static final String SEED = "data.seed";

    /** What is made. */
    public enum Kind {
        /** {@code x y …}: three heaps around (0, 0, …), (10, 10, …) and (20, 20, …), for {@link KMeans}. */
        POINTS {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                StringBuilder line = new StringBuilder();
                double centre = 10.0 * random.nextInt(3);
                for (int i = 0; i < columns; i++) {
                    append(line, centre + bell(random));
                }
                lines.add(line);
            }
        },
        /** {@code y x1 x2 …} with y = 1 + 1 x1 + 2 x2 + … and a little noise, for {@link GradientDescent}. */
        LINEAR {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                variables(columns, random, lines, false);
            }
        },
        /** {@code 0 x1 x2 …} or {@code 1 …}: 1 where 1 + 1 x1 + 2 x2 + … and noise are above 0, for {@link GradientDescent}. */
        LOGISTIC {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                variables(columns, random, lines, true);
            }
        },
        /** {@code row column value}: up to 8 elements a row, for {@link SparseMatrixVector}. */
        MATRIX {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                for (int i = 1 + random.nextInt(Math.min(8, columns)); i > 0; i--) {
                    String place = row + " " + random.nextInt(columns);
                    lines.add(append(new StringBuilder(place), random.nextDouble() * 2 - 1));
                }
            }
        },
        /** {@code index value}, for {@link SparseMatrixVector}. */
        VECTOR {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                lines.add(append(new StringBuilder(String.valueOf(row)), random.nextDouble() * 2 - 1));
            }
        },
        /** {@code user item rating}: about half of all items, rated 1 to 5 by taste, for {@link CollaborativeFiltering}. */
        RATINGS {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                double taste = random.nextDouble();
                for (int item = 0; item < columns; item++) {
                    if (random.nextBoolean()) {
                        long rating = 1 + Math.round(4 * (1 - Math.abs(taste - item / (double) columns)));
                        lines.add("u" + row + " i" + item + " " + rating);
                    }
                }
            }
        },
        /** Words of small letters, for {@link SampleSort}. */
        WORDS {
            @Override
            void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException {
                StringBuilder line = new StringBuilder();
                for (int left = 1 + random.nextInt(12); left > 0; left--) {
                    line.append((char) ('a' + random.nextInt(26)));
                }
                lines.add(line);
            }
        };

        abstract void row(long row, int columns, SplittableRandom random, Lines lines) throws BspException;

        /** The kind of that name in small letters, or null. */
        public static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return kind;
                }
            }
            return null;
        }

        private static void variables(int columns, SplittableRandom random, Lines lines, boolean logistic)
                throws BspException {
            StringBuilder line = new StringBuilder();
            double y = 1;
            for (int i = 1; i <= columns; i++) {
                double x = random.nextDouble() * 2 - 1;
                y += i * x;
                append(line, x);
            }
            y += bell(random) / 10;
            StringBuilder label = logistic ? new StringBuilder(y > 0 ? "1" : "0") : append(new StringBuilder(), y);
            lines.add(label.append(' ').append(line));
        }

        /** About the normal distribution: the sum of 12 even ones. */
        private static double bell(SplittableRandom random) {
            double sum = -6;
            for (int i = 0; i < 12; i++) {
                sum += random.nextDouble();
            }
            return sum;
        }

        private static StringBuilder append(StringBuilder line, double value) {
            return line.append(line.length() == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.6f", value));
        }
    }

    /** Where lines go. */
    interface Lines {
        void add(CharSequence line) throws BspException;
    }

    @Override
    public void run(Peer<NullWritable> peer) throws BspException {
        String name = peer.settings().get(KIND, "points");
        Kind kind = Kind.of(name);
        if (kind == null) {
            throw BspException.user("%s = '%s' is not one of the kinds", KIND, name);
        }
        long rows = peer.settings().getLong(ROWS, 1000);
        int columns = peer.settings().getInt(COLUMNS, 2);
        long seed = peer.settings().getLong(SEED, 1);
        for (long row = rows * peer.index() / peer.count(); row < rows * (peer.index() + 1) / peer.count(); row++) {
            SplittableRandom random = new SplittableRandom(new SplittableRandom(seed + row * 0x9E3779B9L).nextLong());
            kind.row(row, columns, random, line -> peer.output().writeLine(line));
        }
    }
}
