package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.junit.jupiter.api.Test;

class LayerReportTest {
    @Test
    void aLayerIsCountedWithItsMask() {
        var model = Problems.network(7);
        Unstructured.perLayer(Magnitude.L1).sparsity(0.8).layers("fc1").plan(model).apply();
        var fc1 = LayerReport.of(model).getFirst();

        // 10 of 50 weights; as a bitmap 10·4 + 7 bytes, in rows 10·6 + 6·4: both with 5 biases of 4.
        assertEquals(new LayerReport("fc1", 50, 10, 67, 20), fc1);
        assertEquals(0.2, fc1.density());
    }

    @Test
    void theTotalIsTheSum() {
        var total = LayerReport.total(LayerReport.of(Problems.network(7)));

        assertEquals(new LayerReport("total", 68, 68, 4 * (68 + 9), 136), total);
    }
}
