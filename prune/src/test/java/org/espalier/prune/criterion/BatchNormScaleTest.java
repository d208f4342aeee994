package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Sequential;
import org.espalier.prune.Structured;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchNormScaleTest {
    private static Sequential model() {
        var norm = BatchNorm1d.of(3);
        norm.weight().assign(Tensor.vector(-3, 0.5f, 1));
        var layer = Cases.layer(1, 1, 1, 9, 9, 9, 1, 1, 1);
        return Sequential.of(layer, norm, Activation.relu(), Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1));
    }

    @Test
    void aNeuronCountsAsTheSizeOfItsScaleWhateverItsWeights() {
        var model = model();
        var units =
                SparsityPattern.neurons().units(PrunableWeight.of(model).getFirst().weight().shape(), Optional.empty());
        var context = new ScoringContext(model, PrunableWeight.of(model).subList(0, 1), Calibration.none(), 0);

        assertArrayEquals(
                new double[] {3, 0.5, 1}, new BatchNormScale().score(context).get("fc1.weight").of(units));
    }

    @Test
    void theNeuronGoesWithItsScaleAndShift() {
        var model = model();
        Structured.neurons(new BatchNormScale()).sparsity(1 / 3.0).plan(model).apply();

        var scale = Followers.scale(model, "fc1").orElseThrow();
        assertArrayEquals(new float[] {-3, 0, 1}, scale.value().toArray());
        assertEquals(6, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void aLayerWithoutANormIsNamed() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Structured.neurons(new BatchNormScale()).layers("fc2").sparsity(0.5).plan(model()));

        assertTrue(e.getMessage().contains("no batch norm follows layer 'fc2'"), e.getMessage());
    }
}
