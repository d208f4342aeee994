package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Matrices with zeros in random places, and their products in double precision. */
final class Sparse {
    private Sparse() {}

    static Tensor random(long seed, int rows, int cols, float density) {
        var rng = Rng.of(seed);
        float[] values = rng.normal(Shape.of(rows, cols), 1).toArray();
        float[] dice = rng.uniform(Shape.of(rows, cols), 0, 1).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = dice[i] < density ? values[i] : 0f;
        }
        return Storage.adopt(Shape.of(rows, cols), values);
    }

    /** Zeros in whole blocks of {@code height} rows × 1 column. */
    static Tensor blocks(long seed, int height, int rows, int cols, float density) {
        float[] values = Rng.of(seed).normal(Shape.of(rows, cols), 1).toArray();
        float[] kept = random(seed + 1, (rows + height - 1) / height, cols, density).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = kept[i / cols / height * cols + i % cols] != 0 ? values[i] : 0f;
        }
        return Storage.adopt(Shape.of(rows, cols), values);
    }

    /** Compares X·Wᵀ with sums in double precision: k roundings of at most half a unit each on the absolute sum. */
    static void assertProduct(SparseMatrix w, Tensor dense, Tensor x) {
        float[] expected = dense.toArray();
        float[] samples = x.toArray();
        float[] actual = w.times(x).toArray();
        int cols = w.cols();
        assertEquals(x.dim(0) * w.rows(), actual.length);
        for (int i = 0; i < actual.length; i++) {
            double sum = 0;
            double absolute = 0;
            for (int c = 0; c < cols; c++) {
                double term = (double) expected[i % w.rows() * cols + c] * samples[i / w.rows() * cols + c];
                sum += term;
                absolute += Math.abs(term);
            }
            assertEquals(sum, actual[i], cols * absolute * 0x1p-24 * 1.01, w + " element " + i);
        }
    }
}
