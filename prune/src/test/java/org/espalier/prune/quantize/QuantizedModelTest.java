package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizedModelTest {

    private static Sequential model() {
        var model = Sequential.of(Linear.of(4, 3), BatchNorm1d.of(3), Activation.relu(), Linear.of(3, 2));
        model.initialize(Init.heNormal(), 1);
        return model;
    }

    @Test
    void onlyTheWeightsOfLinearLayersAreQuantizedInACopy() {
        var model = model();
        var before = StateDict.of(model);
        var quantized = QuantizedModel.of(model);

        assertEquals(List.of("fc1.weight", "fc2.weight"), List.copyOf(quantized.weights().keySet()));
        assertEquals(before, StateDict.of(model));
        var state = StateDict.of(quantized.dequantized());
        for (var name : before.entries().keySet()) {
            var expected = quantized.weights().containsKey(name)
                    ? QuantizedMatrix.of(before.value(name)).dequantize()
                    : before.value(name);
            assertArrayEquals(expected.toArray(), state.value(name).toArray(), name);
        }
    }

    @Test
    void masksSurvive() {
        var model = model();
        var weight = ((Linear) model.children().get("fc1")).weight();
        var mask = Mask.of(weight.shape(), i -> i % 3 == 0);
        weight.assignMask(mask);
        var quantized = QuantizedModel.of(model);

        assertEquals(mask, StateDict.of(quantized.dequantized()).mask("fc1.weight").orElseThrow());
        var codes = quantized.weights().get("fc1.weight");
        for (int i = 0; i < mask.size(); i++) {
            if (!mask.keeps(i)) {
                assertEquals(0, codes.code(i / 4, i % 4));
            }
        }
    }

    @Test
    void bytesCountCodesScalesAndTheRest() {
        var quantized = QuantizedModel.of(model());

        // 12 + 6 weights, 3 + 2 biases, 12 numbers of the norm; 3 + 2 scales
        assertEquals(4 * (18 + 5 + 12), quantized.floatBytes());
        assertEquals(18 + 4 * (5 + 5 + 12), quantized.bytes());
    }

    @Test
    void bytesDependOnTheForm() {
        var rest = 4 * (5 + 12);

        // 12 + 6 weights in rows of 3 and 2; 4 shared values in each codebook
        assertEquals(6 + 3 + 4 * 5 + rest, QuantizedModel.of(model(), WeightFormat.int4()).bytes());
        assertEquals(2 * 18 + rest, QuantizedModel.of(model(), WeightFormat.bfloat16()).bytes());
        var codebook = QuantizedModel.of(model(), WeightFormat.codebook(4));
        assertEquals(3 + 2 + 4 * (4 + 4) + rest, codebook.bytes());
    }

    @Test
    void codesFromElsewhereMustFitTheModel() {
        var model = model();
        var weight = ((Linear) model.children().get("fc1")).weight();
        weight.assignMask(Mask.of(weight.shape(), i -> i > 0));
        var codes = new HashMap<>(QuantizedModel.of(model, WeightFormat.int4()).weights());

        assertEquals(codes, QuantizedModel.of(model, codes).weights());
        codes.put("fc1.weight", QuantizedMatrix.of(Tensor.full(weight.shape(), 1)));
        assertThrows(
                IllegalArgumentException.class, () -> QuantizedModel.of(model, codes));
        codes.remove("fc1.weight");
        assertThrows(
                IllegalArgumentException.class, () -> QuantizedModel.of(model, codes));
    }

    @Test
    void sharedWeightsAreQuantizedOnce() {
        var shared = Linear.of(2, 2);
        var quantized = QuantizedModel.of(Sequential.of(shared, Activation.relu(), shared));

        assertEquals(List.of("fc1.weight"), List.copyOf(quantized.weights().keySet()));
    }

    @Test
    void aMeasureCanBeTakenOfTheQuantizedModel() {
        var model = Linear.of(2, 1);
        model.weight().assign(Tensor.of(Shape.of(1, 2), 127, 0.75f));
        var x = Tensor.of(Shape.of(1, 2), 0, 1);
        var measure = Measure.higher("output", layer -> layer.forward(x).item());
        var quantized = QuantizedModel.measure(measure);

        assertEquals("output (int8)", quantized.name());
        assertEquals(0.75, measure.of(model));
        assertEquals(1, quantized.of(model));
    }
}
