package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizationAwareTest {
    private static final Tensor X = Rng.of(2).normal(Shape.of(32, 4), 1);
    private static final Tensor TARGET = X.slice(1, 0, 1).minus(X.slice(1, 1, 2));

    private static Sequential model() {
        var model = Sequential.of(
                Linear.of(4, 6), Activation.relu(), Residual.of(Sequential.of(Linear.of(6, 6))), Linear.of(6, 1));
        model.initialize(Init.heNormal(), 1);
        var weight = ((Linear) model.children().get("fc1")).weight();
        weight.assignMask(Mask.of(weight.shape(), i -> i % 2 == 0));
        return model;
    }

    private static Tensor loss(Layer model) {
        return model.forward(X, Mode.training(Rng.of(0))).minus(TARGET).square().mean();
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
    void inputsAreRoundedToo() throws FormatException {
        var model = model();
        var calibration = Calibration.of(X, TARGET, Loss.meanSquaredError());
        var scales = InputScales.of(model, calibration, new MinMax());
        var prepared = QuantizationAware.prepare(model, 8, scales);
        var integer = IntegerModel.of(QuantizedModel.of(QuantizationAware.finish(prepared)), scales);

        // A code may differ by one where float32 rounds a half; its weight is about 1 at most.
        assertArrayEquals(integer.forward(X).toArray(), prepared.forward(X).toArray(), 0.1f);
        assertNotEquals(model.forward(X).toString(), prepared.forward(X).toString());
        var back = ModelFile.read(ModelFile.of(prepared).toBytes(), QuantizationAware.kinds()).model();
        assertArrayEquals(prepared.forward(X).toArray(), back.forward(X).toArray());
        assertThrows(
                IllegalArgumentException.class,
                () -> QuantizationAware.prepare(model, 8, Map.of("fc9", scales.get("fc1"))));
    }

    @Test
    void fewerBitsAreCoarser() {
        var model = model();
        var four = QuantizationAware.prepare(model, 4, Map.of());

        assertArrayEquals(
                QuantizedModel.of(model, WeightFormat.int4()).dequantized().forward(X).toArray(),
                four.forward(X).toArray());
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
