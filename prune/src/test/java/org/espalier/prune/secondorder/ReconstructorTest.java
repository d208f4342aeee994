package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReconstructorTest {
    private static final Tensor INPUTS = Rng.of(2).normal(Shape.of(64, 6), 1);
    private static final Calibration DATA =
            Calibration.of(INPUTS, INPUTS.slice(1, 0, 2), Loss.meanSquaredError());

    private final Sequential model = model();

    private static Sequential model() {
        var model = Sequential.of(Linear.of(6, 8), Activation.relu(), Linear.of(8, 2));
        model.initialize(Init.heNormal(), 3);
        return model;
    }

    static Reconstruction[] methods() {
        return new Reconstruction[] {new OptimalBrainCompression(), new SparseGpt(), new SparseGpt(2, 0.01)};
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyLayerLosesItsShareAndTheRestRepairs(Reconstruction method) {
        var results = Reconstructor.of(method, 0.5).apply(model, DATA);

        assertEquals(2, results.size());
        for (var result : results) {
            assertEquals(result.size() / 2, result.kept());
            assertTrue(result.repaired() < result.masked(), result.toString());
        }
        var first = model.parameters().get("fc1.weight");
        float[] values = first.value().toArray();
        for (int i = 0; i < values.length; i++) {
            assertEquals(first.mask().orElseThrow().keeps(i), Float.floatToRawIntBits(values[i]) != 0);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void oneOfTwoStaysInEveryPool(Reconstruction method) {
        var results = Reconstructor.nm(method, 1, 2).apply(model, DATA);

        for (var layer : List.of("fc1.weight", "fc2.weight")) {
            var weight = model.parameters().get(layer);
            for (int i = 0; i < weight.size(); i += 2) {
                var mask = weight.mask().orElseThrow();
                assertTrue(mask.keeps(i) != mask.keeps(i + 1), layer + " " + i);
            }
        }
        assertTrue(results.stream().allMatch(result -> result.repaired() < result.masked()));
    }

    @Test
    void patternsThatCannotBeRepairedAreRefused() {
        var usual = Reconstructor.of(new SparseGpt(), 0.5);
        assertThrows(IllegalArgumentException.class, () -> usual.pattern(SparsityPattern.neurons()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Reconstructor.nm(new OptimalBrainSurgeon(), 2, 4));
        assertThrows(IllegalArgumentException.class, () -> Reconstructor.nm(new SparseGpt(), 5, 4));
        var e = assertThrows(
                ShapeException.class,
                () -> usual.pattern(new SparsityPattern.NM(4, SparsityPattern.Remainder.REJECTED)).apply(model, DATA));
        assertTrue(e.getMessage().startsWith("layer 'fc1': "), e.getMessage());
    }

    @Test
    void theErrorReportedIsThatOfTheLayersOutputs() {
        var dense = (Sequential) org.espalier.nn.Layers.copy(model);
        var result = Reconstructor.of(new SparseGpt(), 0.5).layers("fc1").apply(model, DATA).getFirst();
        var change = model.children().get("fc1").forward(INPUTS).minus(dense.children().get("fc1").forward(INPUTS));

        assertEquals(change.square().sum().item(), result.repaired(), 1e-3 * result.repaired());
    }

    @Test
    void laterLayersAreSolvedForInputsFromThePrunedOnes() {
        Reconstructor.of(new OptimalBrainCompression(), 0.5).apply(model, DATA);
        var other = model();
        Reconstructor.of(new OptimalBrainCompression(), 0.5).layers("fc1").apply(other, DATA);
        Reconstructor.of(new OptimalBrainCompression(), 0.5).layers("fc2").apply(other, DATA);
        var second = model();
        Reconstructor.of(new OptimalBrainCompression(), 0.5).layers("fc2").apply(second, DATA);

        assertArrayEquals(weights(other), weights(model));
        assertTrue(!java.util.Arrays.equals(weights(second), weights(model)));
    }

    private static float[] weights(Sequential model) {
        return model.parameters().get("fc2.weight").value().toArray();
    }

    @Test
    void nothingRemovedIsNothingChanged() {
        var before = weights(model);
        Reconstructor.of(new SparseGpt(), 0).apply(model, DATA);

        assertArrayEquals(before, weights(model));
    }

    @Test
    void aFailedFactorizationIsAnErrorAndTheModelIsAsBefore() {
        // One sample says nothing about eight weights. The first layer, with damping, would work.
        var before = StateDict.of(model);
        var one = Calibration.of(INPUTS.slice(0, 0, 1), INPUTS.slice(0, 0, 1), Loss.meanSquaredError());

        var e = assertThrows(
                FactorizationException.class,
                () -> Reconstructor.of(new SparseGpt(128, 0), 0.5).apply(model, one));
        assertTrue(e.getMessage().contains("layer 'fc1'"), e.getMessage());
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void argumentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Reconstructor.of(new SparseGpt(), 1.5));
        var usual = Reconstructor.of(new SparseGpt(), 0.5);
        assertThrows(IllegalArgumentException.class, () -> usual.apply(model, Calibration.none()));
        assertThrows(IllegalArgumentException.class, () -> usual.layers("fc9").apply(model, DATA));
    }
}
