package org.espalier.bench.task;

/**
 * Softmax of each row.
 *
 * @param rows how many rows
 * @param cols values in a row
 */
public record RowSoftmax(int rows, int cols) implements Workload {
    @Override
    public String name() {
        return "softmax " + rows + "x" + cols;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Cost cost() {
        return Cost.of(0, 8.0 * rows * cols);
    }

    /** The logits, in [-1, 1). */
    public float[] x() {
        return BenchData.uniform(6, rows * cols);
    }

    @Override
    public void verify(float[] y) {
        var x = x();
        var expected = new double[rows * cols];
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < cols; c++) {
                sum += expected[r * cols + c] = StrictMath.exp(x[r * cols + c]);
            }
            for (int c = 0; c < cols; c++) {
                expected[r * cols + c] /= sum;
            }
        }
        ReferenceCheck.close(name(), y, expected, 1e-6);
    }
}
