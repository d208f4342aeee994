package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Pass;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizationAwareTest {
    private static final Tensor X = Rng.of(2).normal(Shape.of(32, 4), 1);
    private static final Tensor TARGET = X.slice(1, 0, 1).minus(X.slice(1, 1, 2));

    private static Sequential model() {
        var model = Sequential.of(
                Linear.of(4, 6), Relu.INSTANCE, Residual.of(Sequential.of(Linear.of(6, 6))), Linear.of(6, 1));
        model.initialize(Init.heNormal(), 1);
        var weight = ((Linear) model.children().get("fc1")).weight();
        weight.assignMask(Mask.of(weight.shape(), i -> i % 2 == 0));
        return model;
    }

    private static Tensor loss(Layer model) {
        return model.forward(X, Pass.training(Rng.of(0))).minus(TARGET).square().mean();
    }

    @Test
    void everyLinearLayerIsReplacedAndTheStateStays() {
        var model = model();
        var prepared = QuantizationAware.prepare(model);

        assertEquals(
                "Sequential(fc1 = QuantizedLinear(4 → 6), relu1 = Relu, residual1 = Residual[body=Sequential("
                        + "fc1 = QuantizedLinear(6 → 6))], fc2 = QuantizedLinear(6 → 1))",
                prepared.toString());
        assertEquals(StateDict.of(model), StateDict.of(prepared));
        assertEquals(model.toString(), QuantizationAware.finish(prepared).toString());
        assertEquals(StateDict.of(model), StateDict.of(QuantizationAware.finish(prepared)));
    }

    @Test
    void sharedLayersStayShared() {
        var shared = Linear.of(2, 2);

        assertEquals(2, QuantizationAware.prepare(Sequential.of(shared, shared)).parameters().size());
    }

    @Test
    void trainingLowersTheLossAndTheQuantizedModelComputesTheSame() {
        var prepared = QuantizationAware.prepare(model());
        float before = loss(prepared).item();
        for (int step = 0; step < 50; step++) {
            var gradients = loss(prepared).backward();
            prepared.parameters().values().forEach(parameter -> parameter.assign(
                    parameter.value().minus(gradients.of(parameter.value()).times(0.05f))));
        }

        assertTrue(loss(prepared).item() < before / 2);
        var finished = QuantizationAware.finish(prepared);
        assertEquals(12, finished.parameters().get("fc1.weight").kept());
        assertArrayEquals(
                prepared.forward(X).toArray(), QuantizedModel.of(finished).dequantized().forward(X).toArray());
    }
}
