package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class IntegerLinearTest {
    private static final ActivationScale HALF = new ActivationScale(0.5f, 10);

    private static IntegerLinear small() {
        var weight = new QuantizedMatrix(8, 3, new byte[] {3, -127, 0, 1, 2, 50}, new float[] {0.25f, 2});
        return IntegerLinear.of(weight, Tensor.of(Shape.of(2), 1.25f, -7), Optional.of(HALF));
    }

    @Test
    void theLeastCodeCountsAsMinus128() {
        var weight = new QuantizedMatrix(8, 1, new byte[] {-128}, new float[] {1});
        var layer = IntegerLinear.of(weight, Tensor.zeros(Shape.of(1)), Optional.of(new ActivationScale(1, 0)));

        assertEquals(-128, layer.forward(Tensor.of(Shape.of(1, 1), 1)).toArray()[0]);
        assertEquals(weight, layer.weightCodes());
    }

    @Test
    void itMultipliesCodes() {
        // Codes less the zero point: 1/0.5 = 2; 0.7/0.5 = 1.4 → 1; −100/0.5 → −128 − 10 = −138 (saturated).
        // Row 0: (3·2 − 127·1 + 0 + 10)·0.125, as 1.25 = 10·(0.5·0.25); row 1: (2 + 2 − 50·138 − 7)·1.
        var y = small().forward(Tensor.of(Shape.of(1, 3), 1, 0.7f, -100));

        assertArrayEquals(new float[] {-111 * 0.125f, -6903}, y.toArray());
    }

    @Test
    void sumsAreExactWhateverTheirLength() {
        int in = 5000;
        var weight = QuantizedMatrix.of(Tensor.full(Shape.of(1, in), 127));
        var layer = IntegerLinear.of(weight, Tensor.zeros(Shape.of(1)), Optional.of(new ActivationScale(1, -128)));
        var x = Tensor.full(Shape.of(2, in), 255);

        // 5000·127·255 has more than 24 bits; the result is the nearest float to it.
        assertArrayEquals(new float[] {161_925_000f, 161_925_000f}, layer.forward(x).toArray());
    }

    @Test
    void itIsNearTheFloatLayerAndEachSampleStandsForItself() {
        var plain = Linear.of(Rng.of(1).normal(Shape.of(7, 40), 1), Rng.of(2).normal(Shape.of(7), 1));
        var x = Rng.of(3).normal(Shape.of(2, 3, 40), 1);
        float[] expected = plain.forward(x).toArray();
        for (var input : List.of(Optional.<ActivationScale>empty(), Optional.of(ActivationScale.of(-4, 4)))) {
            var layer = IntegerLinear.of(QuantizedMatrix.of(plain.weight().value()), plain.bias().orElseThrow().value(),
                    input);
            var y = layer.forward(x);

            assertEquals(Shape.of(2, 3, 7), y.shape());
            assertArrayEquals(expected, y.toArray(), 0.5f);
            var one = layer.forward(x.slice(0, 1, 2).slice(1, 2, 3));
            assertArrayEquals(y.slice(0, 1, 2).slice(1, 2, 3).toArray(), one.toArray());
        }
    }

    @Test
    void withoutAScaleEachSampleHasItsOwn() {
        var weight = new QuantizedMatrix(8, 2, new byte[] {1, 2}, new float[] {1});
        var layer = IntegerLinear.of(weight, Tensor.of(Shape.of(1), 0.3f), Optional.empty());
        var y = layer.forward(Tensor.of(Shape.of(2, 2), 255, 100, -2.55f, 0));

        // Scales 1 and 0.01; the bias is not rounded.
        assertEquals(455.3f, y.toArray()[0], 1e-4);
        assertEquals(-2.25f, y.toArray()[1], 1e-6);
    }

    @Test
    void aBiasThatIsLargeForItsRowRaisesTheScale() {
        var weight = QuantizedMatrix.of(Tensor.of(Shape.of(3, 1), 0, 1e-20f, 1));
        var bias = Tensor.of(Shape.of(3), 5, 3, 0);
        assertThrows(IllegalArgumentException.class, () -> IntegerLinear.of(weight, bias, Optional.of(HALF)));

        float[] scales = IntegerLinear.scalesFor(weight, bias, HALF);
        assertEquals(weight.scales()[2], scales[2]);
        var raised = QuantizedMatrix.of(weight.dequantize(), 8, scales);
        var y = IntegerLinear.of(raised, bias, Optional.of(HALF)).forward(Tensor.full(Shape.of(1, 1), 1));
        assertArrayEquals(new float[] {5, 3, 1}, y.toArray(), 1e-6f);
    }

    @Test
    void itCanBeSavedAndReadWithItsMask() throws FormatException {
        var layer = small();
        layer.weight().assignMask(Mask.of(layer.weight().shape(), i -> i != 1));
        for (var model : List.of(layer, IntegerLinear.of(layer.weightCodes(), layer.bias().value(),
                Optional.empty()))) {
            var back = (IntegerLinear) ModelFile.read(ModelFile.of(model).toBytes(), LayerKinds.standard()).model();

            assertEquals(model.weightCodes(), back.weightCodes());
            assertEquals(model.input(), back.input());
            assertEquals(model.weight().mask(), back.weight().mask());
            assertEquals("IntegerLinear(3 → 2, int8)", back.toString());
        }
        assertEquals(0, layer.weightCodes().code(0, 1));
    }

    @Test
    void whatItCannotDoIsRefused() {
        var x = Tensor.zeros(Shape.of(1, 3));
        assertThrows(IllegalStateException.class, () -> small().forward(x, Mode.training(Rng.of(0))));
        assertThrows(ShapeException.class, () -> small().forward(Tensor.zeros(Shape.of(1, 4))));
        var nan = Tensor.full(Shape.of(1, 3), Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> small().forward(nan));
        var weight = small().weightCodes();
        assertThrows(
                ShapeException.class,
                () -> IntegerLinear.of(weight, Tensor.zeros(Shape.of(3)), Optional.of(HALF)));
        assertEquals(0, Storage.array(small().forward(Tensor.zeros(Shape.of(0, 3)))).length);
    }

    @Test
    void theLeastCodeIsKept() {
        var codes = new QuantizedMatrix(8, 1, new byte[] {-128}, new float[] {1});
        var layer = IntegerLinear.of(codes, Tensor.vector(0), Optional.of(new ActivationScale(1, 0)));

        // -128 times the input 1, whose code is 1
        assertEquals(-128, layer.forward(Tensor.matrix(new float[] {1})).item());
    }
}
