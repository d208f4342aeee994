package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.espalier.kernel.FusedActivation;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class GapMatrixTest {
    private static final float[] TABLE = table();

    private static float[] table() {
        var table = new float[256];
        for (int code = 0; code < table.length; code++) {
            table[code] = (byte) code;
        }
        return table;
    }

    private static GapMatrix random(long seed, int rows, int cols, float density) {
        float[] dice = Rng.of(seed).uniform(Shape.of(rows, cols), 0, 1).toArray();
        int[] entries = IntStream.range(0, dice.length).filter(i -> dice[i] < density).toArray();
        var codes = new byte[entries.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (1 + i % 127 * (i % 2 == 0 ? 1 : -1));
        }
        return GapMatrix.of(cols, entries, codes, TABLE, Rng.of(seed).uniform(Shape.of(rows), 0.01f, 1).toArray());
    }

    @Test
    void gapsRunOnFromRowToRow() {
        // Elements 1, 2 of row 0 and 2 of row 2 of a matrix of 3 columns; row 1 is empty.
        var w = GapMatrix.of(3, new byte[] {1, 0, 5}, new byte[] {4, -6, 1}, TABLE, new float[] {0.5f, 9, 2});

        assertArrayEquals(new float[] {0, 2, -3, 0, 0, 0, 0, 0, 2}, w.toDense().toArray());
        assertEquals(3, w.nnz());
        assertEquals("GapMatrix[3 × 3, 3 entries]", w.toString());
    }

    @Test
    void productsHaveTheBitsOfTheDecodedMatrix() {
        for (float density : new float[] {0, 0.002f, 0.05f, 0.6f}) {
            var w = random(7, 37, 600, density);
            var dense = w.toDense();
            var x = Rng.of(3).normal(Shape.of(140, 600), 1);
            var bias = Rng.of(4).normal(Shape.of(37), 1);
            Sparse.assertProduct(w, dense, x);
            for (var activation : FusedActivation.values()) {
                float[] expected = result(CsrMatrix.of(dense), x.toArray(), bias.toArray(), activation, 140);
                for (int step : new int[] {1, 2, 3, 140}) {
                    float[] actual = result(w, x.toArray(), bias.toArray(), activation, step);
                    assertArrayEquals(bits(expected), bits(actual), activation + " in steps of " + step);
                }
            }
        }
    }

    private static float[] result(SparseMatrix w, float[] x, float[] bias, FusedActivation activation, int step) {
        int batch = x.length / w.cols();
        var y = new float[batch * w.rows()];
        for (int i = 0; i < batch; i += step) {
            w.linear(Math.min(step, batch - i), x, i * w.cols(), bias, activation, y, i * w.rows());
        }
        return y;
    }

    private static int[] bits(float[] x) {
        var bits = new int[x.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(x[i]));
        return bits;
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        float[] scales = {1, 1};
        assertThrows(
                ShapeException.class, () -> GapMatrix.of(3, new byte[] {0, 0}, new byte[1], TABLE, scales));
        assertThrows(ShapeException.class, () -> GapMatrix.of(3, new byte[1], new byte[1], new float[9], scales));
        assertThrows(
                IllegalArgumentException.class, () -> GapMatrix.of(3, new byte[] {6}, new byte[1], TABLE, scales));
        assertThrows(
                IllegalArgumentException.class, () -> GapMatrix.of(3, new int[] {6}, new byte[1], TABLE, scales));
        assertThrows(
                IllegalArgumentException.class,
                () -> GapMatrix.of(GapMatrix.WIDEST + 1, new int[] {6}, new byte[1], TABLE, scales));
        assertThrows(ShapeException.class, () -> GapMatrix.of(3, new int[] {5}, new byte[2], TABLE, scales));
    }
}
