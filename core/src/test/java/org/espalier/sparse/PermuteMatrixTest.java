package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PermuteMatrixTest {

    @Test
    void aMatrixComesBackFromItsSlots() {
        for (int lanes : new int[] {4, 8, 16}) {
            for (int rows : new int[] {1, 15, 16, 17, 63, 64, 65, 130}) {
                for (int cols : new int[] {1, 31, 32, 33, 64, 70}) {
                    for (float density : new float[] {0, 0.1f, 1}) {
                        var dense = Sparse.random(rows, rows, cols, density);
                        var permute = PermuteMatrix.of(lanes, dense);
                        assertArrayEquals(dense.toArray(), permute.toDense().toArray());
                        assertEquals(CsrMatrix.of(dense).nnz(), permute.nnz());
                    }
                }
            }
        }
    }

    @Test
    void twoEntriesInEveryWindowFitWithoutFilling() {
        for (int lanes : new int[] {4, 8, 16}) {
            int window = lanes == 16 ? 32 : lanes;
            int rows = 4 * lanes;
            int cols = 4 * window;
            float[] elements = new float[rows * cols];
            for (int i = 0; i < elements.length; i += window) {
                int shift = (i / window + i / cols) % (window / 2);
                elements[i + shift] = 1;
                elements[i + window - 1 - shift] = 2;
            }
            var permute = PermuteMatrix.of(lanes, Storage.adopt(Shape.of(rows, cols), elements));

            assertEquals(1, permute.fill());
            assertEquals(rows * 8, permute.nnz());
            // 8 slots, with 16 lanes room for 12: a value for each row and a base; an int for each row and 8 or 6 slots
            int slots = lanes == 16 ? 12 : 8;
            int ints = lanes == 16 ? 2 : 1;
            assertEquals(4 * rows * slots + 4 * rows * ints + 8 * slots + 4 * (2 + rows), permute.bytes());
        }
        assertTrue(PermuteMatrix.of(Sparse.random(5, 64, 96, 0.1f)).fill() > 1);
    }

    @Test
    void blocksAsHighAsAVectorNeedNoIndices() {
        for (int lanes : new int[] {4, 8}) {
            int rows = 4 * lanes;
            var elements = new float[rows * 20];
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < 8; i++) {
                    elements[row * 20 + row / lanes + 2 * i] = 1 + row;
                }
            }
            var permute = PermuteMatrix.of(lanes, Storage.adopt(Shape.of(rows, 20), elements));

            assertEquals(1, permute.fill());
            assertEquals(4 * rows * 8 + 8 * 8 + 4 * (2 + rows), permute.bytes());
            assertArrayEquals(elements, permute.toDense().toArray());
        }
    }

    @Test
    void rowsThatFitEachOtherArePutTogether() {
        // rows of even index have the even columns, the others the odd ones: together in a vector they take both
        for (int lanes : new int[] {4, 8}) {
            int rows = 8 * lanes;
            int cols = 10 * lanes;
            var elements = new float[rows * cols];
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < 10; i++) {
                    elements[row * cols + i * lanes + row % 2 * (lanes - 1)] = 1;
                }
            }
            assertEquals(1, PermuteMatrix.of(lanes, Storage.adopt(Shape.of(rows, cols), elements)).fill());
        }
    }

    @Test
    void productsAreThoseOfTheDenseMatrix() {
        for (int batch : new int[] {0, 1, 2, 5}) {
            var dense = Sparse.random(batch, 45, 77, 0.1f);
            Sparse.assertProduct(
                    PermuteMatrix.of(dense), dense, Rng.of(batch).normal(Shape.of(batch, 77), 1));
        }
    }

    @Test
    void onlyMatricesAreTaken() {
        assertThrows(ShapeException.class, () -> PermuteMatrix.of(Tensor.vector(1, 2)));
    }
}
