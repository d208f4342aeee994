package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {

    @Test
    void inferencePassesEverything() {
        var x = Tensor.vector(1, 2, 3);

        assertSame(x, Dropout.of(0.9f).forward(x));
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.5f, 0.8f})
    void elementsAreZeroOrScaledAndTheirShareIsTheProbability(float probability) {
        int n = 40_000;
        var y = Dropout.of(probability).forward(Tensor.full(Shape.of(200, 200), 3), Mode.training(Rng.of(11)));

        int dropped = 0;
        for (float element : y.toArray()) {
            if (element == 0) {
                dropped++;
            } else {
                assertEquals(3 / (1 - probability), element, 1e-5);
            }
        }
        // five standard deviations of the binomial distribution
        double deviation = Math.sqrt(n * probability * (1 - probability));
        assertEquals(n * probability, dropped, 5 * deviation);
    }

    @Test
    void anElementIsDroppedWhereItsUniformNumberIsBelowTheProbability() {
        for (float probability : new float[] {1e-8f, 0.1f, 0.25f, 1 / 3f, 0.999f}) {
            float[] y = Dropout.of(probability)
                    .forward(Tensor.full(Shape.of(3000), 1), Mode.training(Rng.of(5)))
                    .toArray();
            var rng = Rng.of(5);
            for (float element : y) {
                assertEquals(rng.nextFloat() < probability ? 0 : 1 / (1 - probability), element);
            }
        }
    }

    @Test
    void theSameRandomnessDropsTheSame() {
        var x = Rng.of(1).normal(Shape.of(5, 20), 1);
        var layer = Dropout.of(0.5f);

        var first = layer.forward(x, Mode.training(Rng.of(3))).toArray();
        assertArrayEquals(first, layer.forward(x, Mode.training(Rng.of(3))).toArray());
        assertNotEquals(Tensor.vector(first).toString(), layer.forward(x, Mode.training(Rng.of(4))).toString());
    }

    @Test
    void gradientsPassWhereElementsDo() {
        var x = Tensor.full(Shape.of(3, 10), 2).withGrad();

        var y = Dropout.of(0.3f).forward(x, Mode.training(Rng.of(9)));
        var gradient = y.sum().backward().of(x);

        assertArrayEquals(y.times(0.5f).toArray(), gradient.toArray());
    }

    @Test
    void probabilityZeroDrawsNothing() {
        var rng = Rng.of(1);
        var x = Tensor.vector(1, 2);

        assertSame(x, Dropout.of(0).forward(x, Mode.training(rng)));
        assertEquals(0, rng.state().position());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, 2, Float.NaN})
    void theProbabilityMustBeBelowOne(float probability) {
        assertThrows(IllegalArgumentException.class, () -> Dropout.of(probability));
    }

    @Test
    void textKeepsTheProbability() {
        var config = Dropout.of(0.1f).config();

        assertTrue(config.attributes().compact().contains("0.1}"), config.attributes().compact());
        assertEquals(Dropout.of(0.1f), Layers.copy(Dropout.of(0.1f)));
    }
}
