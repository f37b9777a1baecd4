package io.valiant.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.bsp.BspTest;
import io.valiant.bsp.TestRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class GradientDescentTest {
    @TempDir
    private Path folder;

    private static List<String> samples(String kind) throws BspException {
        return BspTest.run(BspJob.of(RandomData.class)
                        .set(RandomData.KIND, kind)
                        .set(RandomData.ROWS, 60)
                        .set(RandomData.COLUMNS, 1))
                .lines();
    }

    private static double number(TestRun run, String name) {
        return Double.parseDouble(run.values().get(name));
    }

    /** With one variable the least squares have a formula. */
    @Test
    void linearRegressionFindsTheLeastSquares() throws Exception {
        List<String> lines = samples("linear");
        double n = lines.size();
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            double yi = Double.parseDouble(words[0]);
            double xi = Double.parseDouble(words[1]);
            x += xi;
            y += yi;
            xx += xi * xi;
            xy += xi * yi;
        }
        double slope = (n * xy - x * y) / (n * xx - x * x);
        BspJob job = BspJob.of(GradientDescent.class)
                .input(TestFiles.write(folder, "linear", lines))
                .set(GradientDescent.RATE, 1)
                .set(GradientDescent.TOLERANCE, 1e-18)
                .tasks(3);
        TestRun run = BspTest.run(job);
        assertThat(number(run, "w1")).isCloseTo(slope, within(1e-6));
        assertThat(number(run, "w0")).isCloseTo((y - slope * x) / n, within(1e-6));
        assertThat(number(run, "loss")).isBetween(0.0, 0.02);
        // more tasks than some have lines of
        BspTest.of(job.set(GradientDescent.ITERATIONS, 5).tasks(4)).runSteady(3);
    }

    /** Computed here by the derivative of the likelihood as the textbook has it, on one machine. */
    @Test
    void logisticRegressionClimbsTheLikelihood() throws Exception {
        List<String> lines = samples("logistic");
        double[] w = {0, 0};
        for (int i = 0; i < 25; i++) {
            double[] slope = {0, 0};
            for (String line : lines) {
                String[] words = line.split(" ");
                double x = Double.parseDouble(words[1]);
                double probability = Math.exp(w[0] + w[1] * x) / (1 + Math.exp(w[0] + w[1] * x));
                slope[0] += Double.parseDouble(words[0]) - probability;
                slope[1] += x * (Double.parseDouble(words[0]) - probability);
            }
            w[0] += 0.5 * slope[0] / lines.size();
            w[1] += 0.5 * slope[1] / lines.size();
        }
        for (int tasks = 1; tasks <= 3; tasks += 2) {
            TestRun run = BspTest.run(BspJob.of(GradientDescent.class)
                    .input(TestFiles.write(folder, "logistic", lines))
                    .set(GradientDescent.LOSS, "logistic")
                    .set(GradientDescent.RATE, 0.5)
                    .set(GradientDescent.ITERATIONS, 25)
                    .tasks(tasks));
            assertThat(number(run, "w0")).isCloseTo(w[0], within(1e-9));
            assertThat(number(run, "w1")).isCloseTo(w[1], within(1e-9));
        }
    }

    @Test
    void whatIsNoSampleIsRefused() throws Exception {
        String samples = TestFiles.write(folder, "bad", List.of("1 2", "0.5 2"));
        BspJob job = BspJob.of(GradientDescent.class).input(samples);
        assertThat(BspTest.run(job).succeeded()).isTrue();
        assertThat(BspTest.run(job.set(GradientDescent.LOSS, "logistic"))
                        .cause()
                        .message())
                .contains("wants 0 or 1 in front of each line, not 0.5");
        assertThat(BspTest.run(job.set(GradientDescent.LOSS, "none")).cause().message())
                .contains("'none' is neither linear nor logistic");
    }
}
