package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerNormTest {

    @Test
    void aRowIsWorkedByHand() {
        // mean 3, variance (4 + 0 + 0 + 4) / 4 = 2
        var y = LayerNorm.of(4, 0).forward(Tensor.of(Shape.of(1, 4), 1, 3, 3, 5)).toArray();

        float root = (float) Math.sqrt(2);
        assertArrayEquals(new float[] {-root, 0, 0, root}, y, 1e-6f);
    }

    @Test
    void valueIsThatOfTheFormulaInDoublePrecision() {
        var rng = Rng.of(2);
        var layer = LayerNorm.of(9);
        layer.weight().assign(rng.normal(Shape.of(9), 1));
        layer.bias().assign(rng.normal(Shape.of(9), 1));
        var x = rng.normal(Shape.of(3, 5, 9), 4).plus(100);

        var y = layer.forward(x);

        for (int row = 0; row < 15; row++) {
            double mean = 0;
            for (int i = 0; i < 9; i++) {
                mean += x.toArray()[row * 9 + i] / 9.0;
            }
            double variance = 0;
            for (int i = 0; i < 9; i++) {
                variance += StrictMath.pow(x.toArray()[row * 9 + i] - mean, 2) / 9;
            }
            for (int i = 0; i < 9; i++) {
                double normal = (x.toArray()[row * 9 + i] - mean) / Math.sqrt(variance + LayerNorm.EPSILON);
                double expected = normal * layer.weight().value().get(i) + layer.bias().value().get(i);
                assertEquals(expected, y.toArray()[row * 9 + i], 2e-6);
            }
        }
    }

    @Test
    void rowsDoNotInfluenceEachOther() {
        var layer = LayerNorm.of(6);
        var x = Rng.of(3).normal(Shape.of(4, 6), 1);

        var together = layer.forward(x, Mode.training(Rng.of(0)));
        assertArrayEquals(together.slice(0, 2, 3).toArray(), layer.forward(x.slice(0, 2, 3)).toArray());
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var rng = Rng.of(4);
        var weight = rng.normal(Shape.of(5), 1);
        var bias = rng.normal(Shape.of(5), 1);
        var seed = rng.normal(Shape.of(2, 5), 1);
        var worst = GradCheck.check(
                in -> in[0].normalize(LayerNorm.EPSILON).times(in[1]).plus(in[2]).times(seed).sum(),
                rng.normal(Shape.of(2, 5), 1),
                weight,
                bias);

        assertEquals(0, worst.error(), 5e-3);
    }

    @Test
    void aConstantRowBecomesTheBias() {
        assertArrayEquals(new float[6], LayerNorm.of(3).forward(Tensor.full(Shape.of(2, 3), 7)).toArray());
    }

    @Test
    void misfitsAreNamed() {
        assertThrows(ShapeException.class, () -> LayerNorm.of(3).forward(Tensor.zeros(Shape.of(3, 1))));
        assertThrows(ShapeException.class, () -> LayerNorm.of(1).forward(Tensor.scalar(2)));
        assertThrows(IllegalArgumentException.class, () -> LayerNorm.of(3, -1));
        assertThrows(IllegalArgumentException.class, () -> LayerNorm.of(3, Float.NaN));
    }

    @Test
    void textKeepsSizeAndEpsilon() {
        var copy = (LayerNorm) Layers.copy(LayerNorm.of(3, 0.25f));

        assertEquals(3, copy.features());
        assertEquals(0.25f, copy.epsilon());
        assertEquals("LayerNorm(3)", copy.toString());
    }
}
