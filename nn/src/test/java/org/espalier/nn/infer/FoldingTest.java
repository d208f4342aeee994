package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Flatten;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FoldingTest {

    @Test
    void whatInferenceDoesNotNeedIsLeftOut() {
        var model = Sequential.of(
                Flatten.INSTANCE,
                Linear.of(2, 2),
                Dropout.of(0.5f),
                BatchNorm1d.of(2),
                Relu.INSTANCE,
                BatchNorm1d.of(2),
                Sequential.of(Dropout.of(0.1f)),
                Residual.of(Sequential.of(Linear.of(2, 2), BatchNorm1d.of(2))),
                Concat.of(Sequential.of(), Dropout.of(0.2f)));

        assertEquals(
                "Sequential(fc1 = Linear(2 → 2), relu1 = Relu, bn2 = BatchNorm1d(2), "
                        + "residual1 = Residual[body=Sequential(fc1 = Linear(2 → 2))], "
                        + "concat1 = Concat(branch1 = Sequential(), branch2 = Sequential()))",
                Folding.fold(model).toString());
    }

    @Test
    void aNormBecomesPartOfTheLayerByHand() {
        var linear = Linear.of(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), Tensor.vector(10, 20));
        linear.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 2));
        var norm = BatchNorm1d.of(2, 0.75f, 0.1f);
        norm.weight().assign(Tensor.vector(3, -2));
        norm.bias().assign(Tensor.vector(100, 200));
        norm.runningMean().assign(Tensor.vector(4, 6));
        norm.runningVariance().assign(Tensor.vector(1.5f, 0.25f));

        // scales 3 / √2.25 = 2 and −2 / √1 = −2; biases 2·(10 − 4) + 100 and −2·(20 − 6) + 200
        var folded = (Linear) Folding.fold(Sequential.of(linear, norm)).children().get("fc1");

        assertArrayEquals(new float[] {2, 4, 0, -8}, folded.weight().value().toArray());
        assertEquals(0, Float.floatToRawIntBits(folded.weight().value().toArray()[2]));
        assertArrayEquals(new float[] {112, 172}, folded.bias().value().toArray());
        assertEquals(linear.weight().mask(), folded.weight().mask());
        assertTrue(linear.weight().value().get(0, 0) == 1, "the original is left alone");
    }
}
