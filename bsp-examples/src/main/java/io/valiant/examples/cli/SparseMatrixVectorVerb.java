package io.valiant.examples.cli;

import io.valiant.bsp.BspException;
import io.valiant.bsp.BspJob;
import io.valiant.cli.Shell;
import io.valiant.examples.SparseMatrixVector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code example sparse-matrix-vector}. */
@Command(
        name = "sparse-matrix-vector",
        description = "A sparse matrix times a vector.",
        footer = {"", "Example:", "  bsp example sparse-matrix-vector --matrix a.txt --vector x.txt --tasks 4"})
final class SparseMatrixVectorVerb extends LinesVerb {
    @Option(names = "--matrix", paramLabel = "F", description = "'row column value' a line")
    private String matrix;

    @Option(names = "--vector", paramLabel = "F", description = "'index value' a line")
    private String vector;

    SparseMatrixVectorVerb(Shell shell) {
        super(shell);
    }

    @Override
    BspJob job() throws BspException {
        need(matrix != null && vector != null, "sparse-matrix-vector needs --matrix F and --vector F");
        return BspJob.of(SparseMatrixVector.class)
                .name("sparse-matrix-vector")
                .input(SparseMatrixVector.MATRIX, Shell.locations(matrix))
                .input(SparseMatrixVector.VECTOR, Shell.locations(vector));
    }
}
