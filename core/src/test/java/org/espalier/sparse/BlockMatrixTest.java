package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockMatrixTest {

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void aMatrixComesBackFromItsBlocks(int height) {
        for (int rows : new int[] {1, 3, 4, 16, 30, 37}) {
            var dense = Sparse.random(rows, rows, 21, 0.3f);
            var blocks = BlockMatrix.of(height, dense);
            assertArrayEquals(dense.toArray(), blocks.toDense().toArray());
            assertEquals(CsrMatrix.of(dense).nnz(), blocks.nnz());
            assertEquals(height, blocks.height());
        }
    }

    @Test
    void onlyBlocksWithAnEntryAreStored() {
        var dense = Tensor.of(Shape.of(5, 2), 0, 1, 0, 0, 0, 2, -0f, 0, 3, 0);
        var blocks = BlockMatrix.of(4, dense);

        assertEquals(2, blocks.blocks());
        assertEquals(3, blocks.nnz());
        assertEquals(0.3, blocks.density());
        assertEquals(4 * (8 + 3) + 2 * 2, blocks.bytes());
        assertEquals("BlockMatrix[4 × 1, 5 × 2, 2 blocks]", blocks.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void productsAreThoseOfTheDenseMatrix(int height) {
        for (int batch : new int[] {0, 1, 2, 3, 17, 128, 200}) {
            var dense = Sparse.blocks(batch, height, 38, 45, 0.2f);
            Sparse.assertProduct(
                    BlockMatrix.of(height, dense), dense, Rng.of(batch).normal(Shape.of(batch, 45), 1));
        }
    }

    @Test
    void otherHeightsAndShapesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BlockMatrix.of(3, Sparse.random(1, 3, 3, 1)));
        assertThrows(ShapeException.class, () -> BlockMatrix.of(4, Tensor.vector(1, 2)));
    }
}
