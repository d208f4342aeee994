package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizationTest {

    private static Linear layer() {
        return Linear.of(Tensor.matrix(new float[] {7, 2.4f}), Tensor.vector(0));
    }

    @Test
    void theTextSaysWhatIsRounded() {
        var four = Quantization.of(WeightFormat.int4());

        assertEquals("int4 weights", four.text());
        assertEquals(
                "int4 weights | obq | inputs dynamic",
                four.rounding(new OptimalBrainQuantization()).inputs(new ActivationQuantization.Dynamic()).text());
        assertEquals(four, four.rounding(new OptimalBrainQuantization()).nearest());
    }

    @Test
    void weightsAreRoundedToTheNearestOrSoThatTheOutputsStay() {
        var four = Quantization.of(WeightFormat.int4());
        var none = Calibration.none();
        // Inputs (1, 1): 7 + 2.4 is nearest to 7 + 2, with either method; the scale is 1.
        var data = Calibration.of(
                Tensor.matrix(new float[] {1, 1}), Tensor.matrix(new float[] {0}), (output, target) -> output.sum());

        assertArrayEquals(
                new float[] {7, 2}, four.apply(layer(), none).weights().get("weight").dequantize().toArray());
        var second = four.rounding(new OptimalBrainQuantization());
        assertArrayEquals(
                new float[] {7, 2}, second.apply(layer(), data).weights().get("weight").dequantize().toArray());
        assertThrows(IllegalArgumentException.class, () -> second.apply(layer(), none));
    }

    @Test
    void oneCallMakesAModelOfIntegers() {
        // weights 127 and 64 at scale 1, the bias 3
        var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {127, 64}), Tensor.vector(3)));
        var rows = Tensor.matrix(new float[] {0, 255}, new float[] {10, 20});
        var data =
                Calibration.of(rows, Tensor.matrix(new float[] {0}, new float[] {0}), (output, target) -> output.sum());

        var fixed = Quantization.int8(model, data);
        var dynamic = Quantization.int8(model);

        var layer = (IntegerLinear) fixed.children().get("fc1");
        assertEquals(new MinMax().scale(rows.toArray()), layer.input().orElseThrow());
        assertTrue(((IntegerLinear) dynamic.children().get("fc1")).input().isEmpty());
        // 255 steps of 1 from 0: every input is an integer already, so nothing is lost
        assertArrayEquals(new float[] {255 * 64 + 3, 10 * 127 + 20 * 64 + 3}, fixed.forward(rows).toArray(), 1e-2f);
        assertArrayEquals(new float[] {255 * 64 + 3}, dynamic.forward(Tensor.matrix(new float[] {0, 255})).toArray(),
                1e-2f);
        assertEquals(127, ((Linear) model.children().get("fc1")).weight().value().get(0, 0), "the model is as it was");
        assertThrows(IllegalArgumentException.class, () -> Quantization.int8(model, Calibration.none()));
    }

    @Test
    void theModelComputesWithItsInputsAsSaid() {
        var rounded = Quantization.of(WeightFormat.int4()).apply(layer(), Calibration.none()).dequantized();
        var eight = Quantization.of(WeightFormat.int8());
        var scale = new MinMax().scale(new float[] {0, 255});

        assertSame(rounded, eight.computed(rounded, Map.of()));
        var dynamic =
                (IntegerLinear) eight.inputs(new ActivationQuantization.Dynamic()).computed(rounded, Map.of());
        var fixed = eight.inputs(new ActivationQuantization.Static(new MinMax()));
        var integer = (IntegerLinear) fixed.computed(rounded, Map.of("", scale));
        assertEquals(true, dynamic.input().isEmpty());
        assertEquals(scale, integer.input().orElseThrow());
        assertArrayEquals(new float[] {18}, integer.forward(Tensor.matrix(new float[] {2, 2})).toArray(), 1e-4f);
        assertThrows(IllegalArgumentException.class, () -> fixed.computed(rounded, Map.of()));
    }
}
