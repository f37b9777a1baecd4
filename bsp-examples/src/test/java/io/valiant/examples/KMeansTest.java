package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class KMeansTest {
    private static final int K = 3;

    @TempDir
    private Path folder;

    @Test
    void centresAreThoseOfOneMachine() throws Exception {
        List<String> lines = BspTest.run(BspJob.of(RandomData.class)
                        .set(RandomData.KIND, "points")
                        .set(RandomData.ROWS, 90))
                .lines();
        String points = TestFiles.write(folder, "points", lines);
        double[][] expected = lloyd(lines);
        for (int tasks = 1; tasks <= 4; tasks++) {
            BspJob job = BspJob.of(KMeans.class).input(points).set(KMeans.K, K).tasks(tasks);
            TestRun run = tasks < 3 ? BspTest.run(job) : BspTest.of(job).runSteady(3);
            assertThat(run.lines()).hasSize(K);
            for (int cluster = 0; cluster < K; cluster++) {
                String[] words = run.values().get("" + cluster).split(" ");
                for (int i = 0; i < 3; i++) {
                    assertThat(Double.parseDouble(words[i])).isCloseTo(expected[cluster][i], within(1e-9));
                }
            }
        }
    }

    /** Until nothing changes: how many points a cluster has, and its centre. */
    private static double[][] lloyd(List<String> lines) {
        List<double[]> points = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            points.add(new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1])});
        }
        double[][] clusters = new double[K][3];
        for (int cluster = 0; cluster < K; cluster++) {
            clusters[cluster] = new double[] {0, points.get(cluster)[0], points.get(cluster)[1]};
        }
        boolean changed = true;
        while (changed) {
            double[][] sums = new double[K][3];
            for (double[] point : points) {
                int best = 0;
                for (int cluster = 1; cluster < K; cluster++) {
                    best = distance(point, clusters[cluster]) < distance(point, clusters[best]) ? cluster : best;
                }
                sums[best][0]++;
                sums[best][1] += point[0];
                sums[best][2] += point[1];
            }
            changed = false;
            for (int cluster = 0; cluster < K; cluster++) {
                changed |= clusters[cluster][0] != sums[cluster][0];
                double n = sums[cluster][0];
                clusters[cluster] = new double[] {n, sums[cluster][1] / n, sums[cluster][2] / n};
            }
        }
        return clusters;
    }

    private static double distance(double[] point, double[] cluster) {
        return Math.hypot(point[0] - cluster[1], point[1] - cluster[2]);
    }

    @Test
    void badPointsAreToldWithTheirPlace() throws Exception {
        String points = TestFiles.write(folder, "bad", List.of("1 2", "3 4", "5 x"));
        TestRun run = BspTest.run(BspJob.of(KMeans.class).input(points).set(KMeans.K, 2));
        assertThat(run.cause().message()).contains("'x' in '5 x' is not a number");
        assertThat(run.cause().line()).isEqualTo(3);
        TestRun few = BspTest.run(BspJob.of(KMeans.class).input(points).set(KMeans.K, 0));
        assertThat(few.cause().message()).contains("k-means of 0 clusters");
    }
}
