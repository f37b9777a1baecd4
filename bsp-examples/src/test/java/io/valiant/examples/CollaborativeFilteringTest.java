package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import io.valiant.graph.GraphJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CollaborativeFilteringTest {
    private static final double LAMBDA = 0.02;

    @TempDir
    private Path folder;

    private record Rating(String user, String item, double value) {}

    private BspJob job(String ratings, int iterations, int tasks) {
        return GraphJob.of(CollaborativeFiltering.class)
                .iterations(iterations)
                .set(CollaborativeFiltering.FACTORS, 2)
                .set(CollaborativeFiltering.LAMBDA, LAMBDA)
                .tasks(tasks)
                .input("ratings", ratings);
    }

    /** At the end each user's factors are where the derivative of the user's own cost is 0: the definition of the method. */
    @Test
    void factorsAreFittedAndForetellRatings() throws Exception {
        List<String> lines = BspTest.run(BspJob.of(RandomData.class)
                        .set(RandomData.KIND, "ratings")
                        .set(RandomData.ROWS, 12)
                        .set(RandomData.COLUMNS, 8))
                .lines();
        String file = TestFiles.write(folder, "ratings", lines);
        List<Rating> ratings = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            ratings.add(new Rating(words[0], words[1], Double.parseDouble(words[2])));
        }
        TestRun run = BspTest.of(job(file, 6, 3)).runSteady(2);
        SortedMap<String, double[]> factors = factors(run);
        assertThat(factors).hasSize(20);
        for (String user : factors.keySet()) {
            if (user.startsWith("u")) {
                assertSettled(user, ratings, factors);
            }
        }
        double worse = error(ratings, factors(BspTest.run(job(file, 1, 2))));
        assertThat(error(ratings, factors)).isLessThan(worse).isLessThan(0.5);
        Map<String, double[]> alone = factors(BspTest.run(job(file, 6, 1)));
        factors.forEach((id, values) -> assertThat(alone.get(id)).containsExactly(values, within(1e-9)));
    }

    private static SortedMap<String, double[]> factors(TestRun run) {
        SortedMap<String, double[]> factors = new TreeMap<>();
        run.values().forEach((id, text) -> {
            String[] words = text.split(" ");
            factors.put(id, new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])});
        });
        return factors;
    }

    private static void assertSettled(String user, List<Rating> ratings, Map<String, double[]> factors) {
        double[] own = factors.get(user);
        double[] derivative = {0, 0};
        for (Rating rating : ratings) {
            if (rating.user.equals(user)) {
                double[] item = factors.get(rating.item);
                double miss = own[0] * item[0] + own[1] * item[1] - rating.value;
                derivative[0] += miss * item[0] + LAMBDA * own[0];
                derivative[1] += miss * item[1] + LAMBDA * own[1];
            }
        }
        assertThat(derivative).containsExactly(new double[] {0, 0}, within(1e-9));
    }

    private static double error(List<Rating> ratings, Map<String, double[]> factors) {
        double sum = 0;
        for (Rating rating : ratings) {
            double[] user = factors.get(rating.user);
            double[] item = factors.get(rating.item);
            double miss = user[0] * item[0] + user[1] * item[1] - rating.value;
            sum += miss * miss;
        }
        return Math.sqrt(sum / ratings.size());
    }

    @Test
    void aLineThatIsNoRatingIsToldWithItsPlace() throws Exception {
        TestRun run = BspTest.run(job(TestFiles.write(folder, "bad", List.of("u1 i1 5", "u1 i2 good")), 1, 1));
        assertThat(run.cause().message()).contains("has a rating that is not a number");
        assertThat(run.cause().line()).isEqualTo(2);
    }
}
