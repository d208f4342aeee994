package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.IntPredicate;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FormatTest {

    @Test
    void eachFormatHoldsTheWeightsInItsOwnLayout() {
        var weights = new LinearFormat.Weights(
                "fc1", Tensor.of(Shape.of(1, 2), 0, 3), Tensor.vector(1), Optional.empty());

        assertTrue(Format.DENSE.step(weights).toString().startsWith("dense("));
        assertTrue(Format.CSR.step(weights).toString().startsWith("sparse(CsrMatrix["));
        assertTrue(Format.BLOCKS_4.step(weights).toString().startsWith("sparse(BlockMatrix[4 × 1"));
        assertTrue(Format.BLOCKS_16.step(weights).toString().startsWith("sparse(BlockMatrix[16 × 1"));
        assertTrue(Format.BLOCKS_8.step(weights).toString().startsWith("sparse(BlockMatrix[8 × 1"));
        assertTrue(Format.SELL.step(weights).toString().startsWith("sparse(SellMatrix["));
        assertTrue(Format.PERMUTE.step(weights).toString().startsWith("sparse(PermuteMatrix["));
    }

    @Test
    void denseWeightsAreAlwaysACandidate() {
        var sparse = weights(i -> i % 10 == 0);

        assertTrue(Format.DENSE.canWin(weights(i -> true), 1000));
        assertFalse(Format.CSR.canWin(weights(i -> i % 10 != 0), 1));
        int lanes = KernelChoice.current().sparse().permuteLanes();
        assertEquals(lanes > 0, Format.PERMUTE.canWin(sparse, 1));
        assertEquals(lanes == 16, Format.BITMAP.canWin(sparse, 1));
        assertEquals(lanes < 16, Format.SELL.canWin(sparse, 1));
        assertFalse(Format.PERMUTE.canWin(sparse, 100));
        assertFalse(Format.SELL.canWin(sparse, 100));
    }

    @Test
    void blocksThatHoldMostlyZerosAreNoCandidate() {
        // neurons 0 to 7 read every tenth input, the others another tenth
        var eights = weights(i -> i % 40 % 10 == i / 40 / 8);

        assertTrue(Format.BLOCKS_4.canWin(eights, 128));
        assertTrue(Format.BLOCKS_8.canWin(eights, 128));
        assertTrue(Format.BLOCKS_16.canWin(eights, 128));
        // each neuron another tenth
        var scattered = weights(i -> i % 40 % 10 == i / 40 % 10);
        assertFalse(Format.BLOCKS_4.canWin(scattered, 128));
        assertFalse(Format.BLOCKS_8.canWin(scattered, 128));
        assertFalse(Format.BLOCKS_16.canWin(scattered, 128));
    }

    /** [16, 40], ones where the index is chosen. */
    private static LinearFormat.Weights weights(IntPredicate chosen) {
        var values = new float[16 * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = chosen.test(i) ? 1 : 0;
        }
        return new LinearFormat.Weights(
                "fc1", Tensor.of(Shape.of(16, 40), values), Tensor.zeros(Shape.of(16)), Optional.empty());
    }
}
