package io.valiant.examples;

import io.valiant.bsp.BspException;
import io.valiant.graph.Edge;
import io.valiant.graph.GraphSettings;
import io.valiant.graph.GraphSink;
import io.valiant.graph.InputLine;
import io.valiant.graph.ProgramSetup;
import io.valiant.graph.Vertex;
import io.valiant.graph.VertexProgram;
import io.valiant.graph.VertexReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SplittableRandom;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;

/**
 * Collaborative filtering by alternating least squares with weighted regularisation (Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan,
 * Large-scale parallel collaborative filtering for the Netflix prize, 2008). Input: {@code user item rating} a line; users and
 * items have different ids. Users and items are the vertices, ratings the edges; each has a vector of {@value #FACTORS} factors, and
 * a rating is foretold by the product of two. Users send theirs to their items, which fit their own to the ratings; then they answer
 * and the users do the same: one iteration.
 *
 * <p>Output: {@code id factor factor …}.
 */
public final class CollaborativeFiltering
        extends VertexProgram<Text, Doubles, DoubleWritable, CollaborativeFiltering.Rated> {
    /** Setting: how many factors, at least 1; 4 unless told. */
    public static final String FACTORS = "filtering.factors";

    /** Setting: how much large factors cost, above 0; 0.05 unless told. */
    public static final String LAMBDA = "filtering.lambda";

    /** Setting: where the users' first factors are drawn from; 1 unless told. */
    public static final String SEED = "filtering.seed";

    private int factors;
    private double lambda;
    private long seed;
    private long iterations;

    @Override
    public void setup(ProgramSetup graph) throws BspException {
        factors = graph.settings().getInt(FACTORS, 4);
        lambda = graph.settings().getDouble(LAMBDA, 0.05);
        seed = graph.settings().getLong(SEED, 1);
        iterations = graph.settings().getLong(GraphSettings.ITERATIONS, 10);
        if (factors < 1 || !(lambda > 0)) {
            throw BspException.user("%s = %d must be at least 1, %s = %s above 0", FACTORS, factors, LAMBDA, lambda);
        }
    }

    @Override
    public void compute(Vertex<Text, Doubles, DoubleWritable, Rated> v, Iterable<Rated> ratings) {
        v.voteToHalt();
        if (v.superstep() == 0) {
            v.value().set(first(v.id()));
        } else {
            v.value().set(fitted(ratings));
        }
        boolean isUser = v.outDegree() > 0;
        if (isUser && v.superstep() < 2 * iterations) {
            for (Edge<Text, DoubleWritable> edge : v.edges()) {
                v.send(edge, new Rated(v.id(), edge.value().get(), v.value()));
            }
        } else if (!isUser && v.superstep() > 0) {
            for (Rated rating : ratings) {
                v.send(rating.from, new Rated(v.id(), rating.rating, v.value()));
            }
        }
    }

    /** The same for an id in every run, wherever it lies. */
    private double[] first(Text id) {
        SplittableRandom random = new SplittableRandom(seed * 31 + id.toString().hashCode());
        double[] values = new double[factors];
        for (int i = 0; i < factors; i++) {
            values[i] = random.nextDouble();
        }
        return values;
    }

    /** The factors x that minimise the sum of (rating - x·other)² + lambda·|x|² over all ratings. */
    private double[] fitted(Iterable<Rated> ratings) {
        double[][] matrix = new double[factors][factors];
        double[] right = new double[factors];
        for (Rated rating : ratings) {
            double[] other = rating.factors.values();
            for (int i = 0; i < factors; i++) {
                right[i] += rating.rating * other[i];
                matrix[i][i] += lambda;
                for (int j = 0; j < factors; j++) {
                    matrix[i][j] += other[i] * other[j];
                }
            }
        }
        return solved(matrix, right);
    }

    /** Gaussian elimination; without pivots, since the matrix is positive definite. */
    private static double[] solved(double[][] matrix, double[] right) {
        int n = right.length;
        for (int i = 0; i < n; i++) {
            for (int below = i + 1; below < n; below++) {
                double times = matrix[below][i] / matrix[i][i];
                for (int j = i; j < n; j++) {
                    matrix[below][j] -= times * matrix[i][j];
                }
                right[below] -= times * right[i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                right[i] -= matrix[i][j] * right[j];
            }
            right[i] /= matrix[i][i];
        }
        return right;
    }

    @Override
    public VertexReader<Text, Doubles, DoubleWritable> reader() {
        return new Ratings();
    }

    /** Reads {@code user item rating}. */
    static final class Ratings implements VertexReader<Text, Doubles, DoubleWritable> {
        @Override
        public void read(InputLine line, GraphSink<Text, Doubles, DoubleWritable> into) throws BspException {
            String[] words = line.text().strip().split("[ \t,]+");
            try {
                if (words.length != 3) {
                    throw line.bad("is not 'user item rating'");
                }
                Text user = new Text(words[0]);
                Text item = new Text(words[1]);
                into.vertex(user);
                into.vertex(item);
                into.edge(user, item, new DoubleWritable(Double.parseDouble(words[2])));
            } catch (NumberFormatException e) {
                throw line.bad("has a rating that is not a number");
            }
        }
    }

    /** What one end of a rating tells the other. */
    public static final class Rated implements Writable {
        private final Text from = new Text();
        private final Doubles factors = new Doubles();
        private double rating;

        /** For those who read it. */
        public Rated() {}

        Rated(Text from, double rating, Doubles factors) {
            this.from.set(from);
            this.rating = rating;
            this.factors.set(factors.values());
        }

        @Override
        public void write(DataOutput out) throws IOException {
            from.write(out);
            out.writeDouble(rating);
            factors.write(out);
        }

        @Override
        public void readFields(DataInput in) throws IOException {
            from.readFields(in);
            rating = in.readDouble();
            factors.readFields(in);
        }
    }
}
