package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.io.FormatException;
import org.espalier.nn.Linear;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizedLinearTest {

    private static QuantizedLinear layer() {
        var weight = Tensor.of(Shape.of(1, 2), 127, 0.75f);
        return (QuantizedLinear) QuantizationAware.prepare(Linear.of(weight, Tensor.of(Shape.of(1), 10)));
    }

    @Test
    void itComputesWithTheRoundedWeightAndKeepsTheOther() {
        var layer = layer();

        assertArrayEquals(new float[] {11}, layer.forward(Tensor.of(Shape.of(1, 2), 0, 1)).toArray());
        assertArrayEquals(new float[] {127, 0.75f}, layer.weight().value().toArray());
        assertEquals("QuantizedLinear(2 → 1)", layer.toString());
    }

    @Test
    void itCanBeSavedAndRead() throws FormatException {
        var back = ModelFile.read(ModelFile.of(layer()).toBytes(), QuantizationAware.kinds()).model();

        assertTrue(back instanceof QuantizedLinear);
        assertArrayEquals(new float[] {10}, back.parameters().get("bias").value().toArray());
    }
}
