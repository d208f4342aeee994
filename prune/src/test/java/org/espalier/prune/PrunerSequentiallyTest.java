package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.Wanda;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PrunerSequentiallyTest {
    private static final Calibration DATA = Calibration.of(
            Tensor.matrix(new float[] {1, 1, 1}), Tensor.matrix(new float[] {0}), Loss.meanSquaredError());

    // Outputs of the first layer: 3, 4 and 1; once each row keeps its largest weight, 2, 3 and 1.
    private final Sequential model = Sequential.of(
            Linear.of(
                    Tensor.matrix(new float[] {1, 2, 0}, new float[] {3, 1, 0}, new float[] {0, 0, 1}),
                    Tensor.vector(0, 0, 0)),
            Linear.of(Tensor.matrix(new float[] {2, 1.4f, 1}), Tensor.vector(0)));

    private final Pruner pruner = Unstructured.perRow(new Wanda()).sparsity(2 / 3.0);

    @Test
    void laterLayersSeeInputsFromThePrunedOnesBeforeThem() {
        pruner.applySequentially(model, DATA, 0);
        var second = model.parameters().get("fc2.weight").mask().orElseThrow();

        // The scores are 4, 4.2 and 1; from the dense first layer they would be 6, 5.6 and 1.
        assertTrue(second.keeps(1));
        assertEquals(1, second.kept());
    }

    @Test
    void aPlanForTheWholeModelSeesTheDenseOne() {
        pruner.plan(model, DATA, 0).apply();

        assertFalse(model.parameters().get("fc2.weight").mask().orElseThrow().keeps(1));
    }

    @Test
    void afterAnErrorTheModelIsAsBefore() {
        var before = Problems.bits(model);
        Criterion failing = context -> {
            if (context.targets().getFirst().layer().equals("fc2")) {
                throw new IllegalArgumentException("no");
            }
            return Magnitude.L1.score(context);
        };

        assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.perLayer(failing).sparsity(0.5).applySequentially(model, DATA, 0));
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void aRankingOverTheModelIsRefused() {
        var global = Unstructured.global(new Wanda()).sparsity(0.5);

        assertThrows(IllegalArgumentException.class, () -> global.applySequentially(model, DATA, 0));
    }
}
