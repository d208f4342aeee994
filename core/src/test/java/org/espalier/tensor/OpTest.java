package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpTest {
    private final Tensor x = Tensor.vector(1, 2);

    @Test
    void resultsAreTrackedIfAnInputIs() {
        var add = new Binary.Add();
        assertFalse(Op.apply(add, x, x).requiresGrad());
        assertTrue(Op.apply(add, x, x.withGrad()).requiresGrad());
        assertFalse(Op.apply(new PiecewiseConstant.Sign(), x.withGrad()).requiresGrad());
        assertSame(add, Op.apply(add, x, x.withGrad()).node().op());
    }

    @Test
    void opsAreNamedAfterTheirRecords() {
        assertEquals("leakyRelu", new Nonlinearity.LeakyRelu(0.1f).name());
        assertEquals("matmul", new Contraction.MatMul().name());
        assertEquals("scatterAdd", new Indexing.ScatterAdd(0, new int[0], 1).name());
    }

    @Test
    void theNumberOfInputsIsChecked() {
        var thrown = assertThrows(ShapeException.class, () -> Op.apply(new Elementary.Exp(), x, x));
        assertEquals("exp: takes 1 inputs, not 2: [2] and [2]", thrown.getMessage());
    }
}
