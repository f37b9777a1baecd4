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
import org.junit.jupiter.api.io.TempDir;

class SparseMatrixVectorTest {
    private static final int N = 40;

    @TempDir
    private Path folder;

    private static List<String> made(String kind, int seed) throws BspException {
        return BspTest.run(BspJob.of(RandomData.class)
                        .set(RandomData.KIND, kind)
                        .set(RandomData.ROWS, N)
                        .set(RandomData.COLUMNS, N)
                        .set(RandomData.SEED, seed))
                .lines();
    }

    private static BspJob job(String matrix, String vector, int tasks) {
        return BspJob.of(SparseMatrixVector.class)
                .input(SparseMatrixVector.MATRIX, matrix)
                .input(SparseMatrixVector.VECTOR, vector)
                .tasks(tasks);
    }

    @Test
    void theProductIsThatOfTheWholeMatrix() throws Exception {
        List<String> elements = made("matrix", 1);
        List<String> components = made("vector", 2);
        double[] vector = new double[N];
        double[] expected = new double[N];
        for (String line : components) {
            vector[Integer.parseInt(line.split(" ")[0])] = Double.parseDouble(line.split(" ")[1]);
        }
        for (String line : elements) {
            String[] words = line.split(" ");
            expected[Integer.parseInt(words[0])] += Double.parseDouble(words[2]) * vector[Integer.parseInt(words[1])];
        }
        String matrix = TestFiles.write(folder, "a", elements);
        String x = TestFiles.write(folder, "x", components);
        for (int tasks = 1; tasks <= 4; tasks++) {
            TestRun run = BspTest.of(job(matrix, x, tasks)).runSteady(2);
            assertThat(run.values()).hasSize(N);
            for (int row = 0; row < N; row++) {
                assertThat(Double.parseDouble(run.values().get("" + row))).isCloseTo(expected[row], within(1e-12));
            }
        }
    }

    @Test
    void whatIsNotAnIndexIsRefused() throws Exception {
        String matrix = TestFiles.write(folder, "a", List.of("0 0 1", "0 1.5 1"));
        TestRun run = BspTest.run(job(matrix, TestFiles.write(folder, "x", List.of("0 1")), 1));
        assertThat(run.cause().message()).contains("1.5 is not an index");
    }
}
