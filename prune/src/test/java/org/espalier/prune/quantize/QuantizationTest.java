package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Linear;
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
