package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class IntegerModelTest {
    private static final Tensor X = Rng.of(2).normal(Shape.of(64, 4), 1);

    private static Sequential model() {
        var model = Sequential.of(Linear.of(4, 6), BatchNorm1d.of(6), Activation.relu(), Linear.of(6, 2));
        model.initialize(Init.heNormal(), 1);
        var weight = ((Linear) model.children().get("fc1")).weight();
        weight.assignMask(Mask.of(weight.shape(), i -> i % 3 == 0));
        return model;
    }

    private static Map<String, ActivationScale> scales() {
        return InputScales.of(model(), Calibration.of(X, X, Loss.meanSquaredError()), new MinMax());
    }

    @Test
    void linearLayersComputeWithWholeNumbersAndTheRestStays() {
        var quantized = QuantizedModel.of(model());
        var integer = IntegerModel.of(quantized, scales());
        var first = (IntegerLinear) integer.children().get("fc1");

        assertEquals("Sequential(fc1 = IntegerLinear(4 → 6, int8), bn1 = BatchNorm1d(6), relu1 = Relu, "
                + "fc2 = IntegerLinear(6 → 2, int8))", integer.toString());
        assertEquals(quantized.weights().get("fc1.weight"), first.weightCodes());
        assertEquals(Optional.of(scales().get("fc1")), first.input());
        assertEquals(8, first.weight().kept());
        assertArrayEquals(model().forward(X).toArray(), integer.forward(X).toArray(), 0.1f);
        assertArrayEquals(model().forward(X).toArray(), IntegerModel.dynamic(quantized).forward(X).toArray(), 0.1f);
    }

    @Test
    void aRowOfZerosKeepsItsBias() {
        var layer = Linear.of(Tensor.zeros(Shape.of(1, 2)), Tensor.of(Shape.of(1), 0.7f));
        var integer = IntegerModel.of(QuantizedModel.of(layer), Map.of("", ActivationScale.of(0, 1)));

        assertEquals(0.7f, integer.forward(Tensor.zeros(Shape.of(1, 2))).item(), 1e-7f);
    }

    @Test
    void layersThatShareAWeightKeepSharingIt() {
        var first = Linear.of(2, 2);
        first.weight().assign(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
        var second = Linear.sharing(first.weight(), Parameter.of("bias", Tensor.zeros(Shape.of(2))));
        var scale = ActivationScale.of(-20, 20);
        var integer = IntegerModel.of(
                QuantizedModel.of(Sequential.of(first, second)), Map.of("fc1", scale, "fc2", scale));

        assertEquals(((IntegerLinear) integer.children().get("fc1")).weight(),
                ((IntegerLinear) integer.children().get("fc2")).weight());
        assertEquals(QuantizedMatrix.of(first.weight().value()),
                ((IntegerLinear) integer.children().get("fc2")).weightCodes());
    }

    @Test
    void itCanBeSavedAndRead() throws FormatException {
        var integer = IntegerModel.of(QuantizedModel.of(model(), WeightFormat.int4()), scales());
        var back = ModelFile.read(ModelFile.of(integer).toBytes(), LayerKinds.standard()).model();

        assertEquals(integer.toString(), back.toString());
        assertArrayEquals(integer.forward(X).toArray(), back.forward(X).toArray());
    }

    @Test
    void aMissingScaleAndOtherCodesAreRefused() {
        var scales = Map.of("fc1", scales().get("fc1"));
        var problem = assertThrows(
                IllegalArgumentException.class, () -> IntegerModel.of(QuantizedModel.of(model()), scales));
        assertEquals("layer fc2: has no input scale; there are scales for [fc1]", problem.getMessage());
        var codebook = QuantizedModel.of(model(), WeightFormat.codebook(4));
        assertThrows(IllegalArgumentException.class, () -> IntegerModel.dynamic(codebook));
    }
}
