package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.compressed.ActivationScale;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class InputScalesTest {

    private static Calibration data(float... x) {
        var inputs = Tensor.of(Shape.of(x.length, 1), x);
        return Calibration.of(inputs, inputs, Loss.meanSquaredError());
    }

    private static Linear times(float factor) {
        return Linear.of(Tensor.of(Shape.of(1, 1), factor), Tensor.zeros(Shape.of(1)));
    }

    @Test
    void eachLayerHasTheScaleOfItsInputs() {
        var model = Sequential.of(times(2), Activation.relu(), times(1));
        var scales = InputScales.of(model, data(-1, 3), new MinMax());

        assertEquals(List.of("fc1", "fc2"), List.copyOf(scales.keySet()));
        assertEquals(ActivationScale.of(-1, 3), scales.get("fc1"));
        assertEquals(ActivationScale.of(0, 6), scales.get("fc2"));
    }

    @Test
    void aLayerInTwoPlacesHasOneScaleForBoth() {
        var shared = times(-2);
        var scales = InputScales.of(Sequential.of(shared, shared), data(1, 3), new MinMax());

        assertEquals(List.of("fc1"), List.copyOf(scales.keySet()));
        assertEquals(ActivationScale.of(-6, 3), scales.get("fc1"));
    }

    @Test
    void withoutDataOrWithNaNItSaysSo() {
        var model = Sequential.of(times(1), times(Float.POSITIVE_INFINITY), times(1));

        assertThrows(
                IllegalArgumentException.class, () -> InputScales.of(model, Calibration.none(), new MinMax()));
        var problem = assertThrows(
                IllegalArgumentException.class, () -> InputScales.of(model, data(1), new MinMax()));
        assertEquals("layer 'fc3': an activation is Infinity, not finite", problem.getMessage());
    }
}
