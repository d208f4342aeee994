package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.espalier.kernel.FusedActivation;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.junit.jupiter.api.Test;

/** What all layouts promise. */
class SparseMatrixTest {
    private static final int ROWS = 35;
    private static final int COLS = 70;

    private static List<SparseMatrix> layouts() {
        var dense = Sparse.random(7, ROWS, COLS, 0.2f);
        return List.of(
                CsrMatrix.of(dense), BlockMatrix.of(4, dense), BlockMatrix.of(16, dense), PermuteMatrix.of(dense),
                BitmapMatrix.of(dense));
    }

    @Test
    void allLayoutsAndBatchesAndTheDenseProductGiveTheSameBits() {
        int batch = 140;
        var x = Rng.of(3).normal(Shape.of(batch, COLS), 1);
        var bias = Rng.of(4).normal(Shape.of(ROWS), 1);
        float[] expected = x.linear(Sparse.random(7, ROWS, COLS, 0.2f), bias).relu().toArray();
        for (var w : layouts()) {
            for (int step : new int[] {1, 2, 3, 20, 140}) {
                var y = new float[batch * ROWS];
                for (int i = 0; i < batch; i += step) {
                    w.linear(Math.min(step, batch - i), x.toArray(), i * COLS, bias.toArray(), FusedActivation.RELU, y,
                            i * ROWS);
                }
                assertArrayEquals(bits(expected), bits(y), w + " in steps of " + step);
            }
        }
    }

    @Test
    void featuresTimesBatchGiveTheSameBits() {
        for (int batch : new int[] {3, 40, 140}) {
            var x = Rng.of(3).normal(Shape.of(batch, COLS), 1);
            var bias = Rng.of(4).normal(Shape.of(ROWS), 1);
            for (var w : layouts()) {
                var rows = new float[batch * ROWS];
                w.linear(batch, x.toArray(), 0, bias.toArray(), FusedActivation.TANH, rows, 0);
                if (w.prefersFeatureMajor(batch)) {
                    var expected = Storage.adopt(Shape.of(batch, ROWS), rows).transpose().toArray();
                    var features = new float[ROWS * batch];
                    w.linear(false, false, batch, x.transpose().toArray(), 0, bias.toArray(), FusedActivation.TANH,
                            features, 0);
                    assertArrayEquals(bits(expected), bits(features), w + ", batch " + batch);
                    w.linear(true, false, batch, x.toArray(), 0, bias.toArray(), FusedActivation.TANH, features, 0);
                    assertArrayEquals(bits(expected), bits(features), w + " from rows, batch " + batch);
                    w.linear(false, true, batch, x.transpose().toArray(), 0, bias.toArray(), FusedActivation.TANH,
                            features, 0);
                    assertArrayEquals(bits(rows), bits(features), w + " to rows, batch " + batch);
                } else {
                    assertThrows(UnsupportedOperationException.class, () -> w.linear(
                            true, false, batch, x.toArray(), 0, bias.toArray(), FusedActivation.TANH, rows, 0));
                }
            }
        }
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        for (var w : layouts()) {
            refused(w, 2 * COLS - 1, ROWS, 2 * ROWS);
            refused(w, 2 * COLS, ROWS - 1, 2 * ROWS);
            refused(w, 2 * COLS, ROWS, 2 * ROWS - 1);
            assertThrows(ShapeException.class, () -> w.times(Rng.of(1).normal(Shape.of(2, COLS + 1), 1)));
            assertThrows(ShapeException.class, () -> w.times(Rng.of(1).normal(Shape.of(COLS), 1)));
            assertEquals(ROWS, w.rows());
        }
    }

    private static void refused(SparseMatrix w, int x, int bias, int y) {
        assertThrows(IndexOutOfBoundsException.class, () -> w.linear(
                2, new float[x], 0, new float[bias], FusedActivation.NONE, new float[y], 0));
    }

    private static int[] bits(float[] x) {
        int[] bits = new int[x.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(x[i]));
        return bits;
    }
}
