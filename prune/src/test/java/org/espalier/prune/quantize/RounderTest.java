package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RounderTest {
    private static final Tensor X = Rng.of(1).normal(Shape.of(200, 8), 1)
            .matmul(Rng.of(2).normal(Shape.of(8, 12), 1));
    private static final Calibration DATA = Calibration.of(X, X, Loss.meanSquaredError());

    private static List<Rounding> methods() {
        return List.of(new Gptq(), new Gptq(false, 4, 0.01), new OptimalBrainQuantization());
    }

    private static Sequential model() {
        var model = Sequential.of(Linear.of(12, 10), Activation.relu(), Linear.of(10, 5));
        model.initialize(Init.heNormal(), 3);
        var weight = ((Linear) model.children().get("fc1")).weight();
        weight.assignMask(Mask.of(weight.shape(), i -> i % 3 != 0));
        return model;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theErrorIsBelowThatOfTheNearestCodes(Rounding method) {
        for (int bits : new int[] {3, 4, 8}) {
            for (var layer : new Rounder(method, bits).apply(model(), DATA)) {
                assertTrue(layer.repaired() < layer.nearest(), layer.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theModelStaysAndMaskedWeightsHaveCodeZero(Rounding method) {
        var model = model();
        var before = StateDict.of(model);
        var layers = new Rounder(method, 4).apply(model, DATA);

        assertEquals(before, StateDict.of(model));
        assertEquals(List.of("fc1.weight", "fc2.weight"), layers.stream().map(Rounded::weight).toList());
        var codes = layers.getFirst().codes();
        for (int i = 0; i < 120; i += 3) {
            assertEquals(0, codes.code(i / 12, i % 12));
        }
        assertEquals(layers, new Rounder(method, 4).apply(model, DATA));
    }

    @Test
    void errorsAreThoseOfTheOutputs() {
        var layer = Linear.of(12, 4);
        layer.initialize(Init.heNormal(), 3);
        var rounded = new Rounder(new Gptq(), 3).apply(layer, DATA).getFirst();

        double nearest = error(layer, QuantizedMatrix.of(layer.weight().value(), 3));
        assertEquals(nearest, rounded.nearest(), 1e-4 * nearest);
        assertEquals(error(layer, rounded.codes()), rounded.repaired(), 1e-4 * nearest);
    }

    /** The sum of squared changes of the outputs. */
    private static double error(Linear layer, QuantizedMatrix codes) {
        var change = codes.dequantize().minus(layer.weight().value().detach());
        return X.matmul(change.transpose()).square().sum().item();
    }

    @Test
    void aRowOfZerosStaysZero() {
        var zeros = Linear.of(Tensor.zeros(Shape.of(2, 12)), Tensor.zeros(Shape.of(2)));
        var rounded = new Rounder(new Gptq(), 4).apply(zeros, DATA).getFirst();

        assertEquals(0, rounded.repaired());
        assertEquals(QuantizedMatrix.of(Tensor.zeros(Shape.of(2, 12)), 4), rounded.codes());
    }

    @Test
    void withoutDataOrBitsItIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new Rounder(new Gptq(), 4).apply(model(), Calibration.none()));
        assertThrows(IllegalArgumentException.class, () -> new Rounder(new Gptq(), 1));
    }
}
