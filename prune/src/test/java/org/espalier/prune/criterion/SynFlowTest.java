package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SynFlowTest {
    @Test
    void theScoreIsTheFlowThroughAWeight() {
        // |W1| has row sums 3, 1, 1 and |W2| column sums 4, 2, 1: what flows in and what flows out.
        var first = Cases.layer(1, -2, 0, 0, 1, 0, 0, 0, -1);
        var second = Cases.layer(1, 0, 0, 0, -2, 0, 3, 0, 1);
        first.bias().orElseThrow().assign(Tensor.vector(7, 7, 7));
        var model = Sequential.of(first, Activation.relu(), second);
        var scores = new SynFlow().score(ScoringContext.of(model));
        var units = SparsityPattern.weights().units(first.weight().shape(), Optional.empty());

        assertArrayEquals(
                new double[] {4, 8, 0, 0, 2, 0, 0, 0, 1}, scores.get("fc1.weight").of(units), 1e-6);
        assertArrayEquals(
                new double[] {3, 0, 0, 0, 2, 0, 9, 0, 1}, scores.get("fc2.weight").of(units), 1e-6);
    }

    @Test
    void masksAreActiveAndTheModelIsNotTouched() {
        var first = Cases.layer(1, -2, 0, 0, 1, 0, 0, 0, -1);
        var second = Cases.layer(1, 0, 0, 0, -2, 0, 3, 0, 1);
        Cases.mask(first, 1);
        var model = Sequential.of(first, Activation.relu(), second);
        var scores = new SynFlow().score(ScoringContext.of(model));

        // The first neuron now gets 1 instead of 3.
        assertArrayEquals(
                new double[] {1, 0, 0, 0, 2, 0, 3, 0, 1},
                scores.get("fc2.weight").of(SparsityPattern.weights().units(second.weight().shape(), Optional.empty())),
                1e-6);
        assertArrayEquals(new float[] {1, 0, 0, 0, -2, 0, 3, 0, 1}, second.weight().value().toArray());
    }

    @Test
    void inAHundredRoundsNoLayerCollapsesAndInOneStepOneDoes() {
        // Layers of 600, 3600 and 300 weights; 45 are left.
        var pruner = Unstructured.global(new SynFlow()).sparsity(0.99).floor(Floor.NONE);

        assertEquals(0, thinnest(pruner));
        assertTrue(thinnest(pruner.schedule(SparsitySchedule.exponential(100))) > 0);
    }

    private static int thinnest(Pruner pruner) {
        var model = Sequential.of(
                Linear.of(10, 60), Activation.relu(), Linear.of(60, 60), Activation.relu(), Linear.of(60, 5));
        model.initialize(Init.heNormal(), 1);
        var plan = pruner.applyIteratively(model, Calibration.none(), 0);
        assertEquals(4455, plan.removed());
        return PrunableWeight.of(model).stream().mapToInt(target -> target.weight().kept()).min().orElseThrow();
    }

    @Test
    void aFlowOutOfRangeIsAnError() {
        var layer = Cases.layer(1e30f, 0, 0, 0, 0, 0, 0, 0, 0);
        var model = Sequential.of(layer, Cases.layer(1e30f, 0, 0, 0, 0, 0, 0, 0, 0));

        assertThrows(IllegalArgumentException.class, () -> new SynFlow().score(ScoringContext.of(model)));
    }

    @Test
    void aLayerNormIsRefused() {
        var model = Sequential.of(Linear.of(3, 3), LayerNorm.of(3), Linear.of(3, 1));

        assertThrows(IllegalArgumentException.class, () -> new SynFlow().score(ScoringContext.of(model)));
    }
}
