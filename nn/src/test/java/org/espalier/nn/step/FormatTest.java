package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
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
        assertTrue(Format.DENSE.canWin(1, 1000));
        assertFalse(Format.CSR.canWin(0.9, 1));
        boolean wide = KernelChoice.current().sparse().permutes();
        assertEquals(wide, Format.PERMUTE.canWin(0.1, 1));
        assertEquals(!wide, Format.SELL.canWin(0.1, 1));
        assertFalse(Format.PERMUTE.canWin(0.1, 100));
        assertFalse(Format.SELL.canWin(0.1, 100));
    }
}
