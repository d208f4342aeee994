package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerContractTest;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever is exported is read back, and computes the same. */
class RoundTripTest {
    private static void assertSame(Tensor expected, Tensor actual) {
        assertEquals(expected.shape(), actual.shape());
        float[] wanted = expected.toArray();
        float[] found = actual.toArray();
        for (int i = 0; i < wanted.length; i++) {
            assertTrue(Math.abs(wanted[i] - found[i]) <= 2e-6f * Math.max(1, Math.abs(wanted[i]))
                    || Float.compare(wanted[i], found[i]) == 0, i + ": " + found[i] + " for " + wanted[i]);
        }
    }

    /** Every kind that model files know: a new kind is here by itself. */
    @TestFactory
    Stream<DynamicTest> everyKindOfLayerComesBack() {
        return LayerContractTest.all()
                .filter(layer -> !(layer instanceof IntegerLinear))
                .map(layer -> DynamicTest.dynamicTest(layer.toString(), () -> check(layer)));
    }

    private static void check(Layer layer) throws IOException {
        var model = Sequential.of(FeatureSelect.of(6, 0, 1, 2, 3, 4, 5), layer);
        var back = OnnxFile.read(OnnxFile.of(model).toBytes()).model();
        var x = LayerContractTest.rows(layer, 5);

        assertSame(model.forward(x), back.forward(x));
        var again = OnnxFile.read(OnnxFile.of(back).toBytes()).model();
        assertSame(model.forward(x), again.forward(x));
    }

    /** What other programs wrote is exported again with the same outputs. */
    @TestFactory
    Stream<DynamicTest> whatWasReadIsWrittenAgain() throws IOException {
        return OnnxCases.all().stream()
                .filter(OnnxCases.Case::isValid)
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    var model = one.model();
                    int[] dims = one.x().shape().dims();
                    int[] sample = Arrays.copyOfRange(dims, 1, dims.length);
                    var back = OnnxFile.read(OnnxFile.of(model).withSample(sample).toBytes()).model();
                    assertSame(model.forward(one.x()), back.forward(one.x()));
                }));
    }

    @Test
    void quantizedLayersComeBackAsSuch() throws IOException {
        var weight = QuantizedMatrix.of(Rng.of(1).normal(Shape.of(12, 9), 1));
        var bias = Rng.of(2).normal(Shape.of(12), 1);
        var layer = IntegerLinear.of(weight, bias, Optional.of(ActivationScale.of(-3, 4)));
        var back = OnnxFile.read(OnnxFile.of(Sequential.of(layer)).toBytes()).model();
        var read = (IntegerLinear) back.children().values().iterator().next();
        var x = Rng.of(3).normal(Shape.of(7, 9), 2);

        assertEquals(layer.weightCodes(), read.weightCodes());
        assertEquals(layer.input(), read.input());
        assertSame(layer.forward(x), read.forward(x));
    }

    @Test
    void scalesOfSingleSamplesHaveNoOperator() {
        var layer = IntegerLinear.of(
                QuantizedMatrix.of(Rng.of(1).normal(Shape.of(4, 6), 1)), Tensor.zeros(Shape.of(4)), Optional.empty());

        assertThrows(IllegalArgumentException.class, OnnxFile.of(layer)::toBytes);
    }
}
