package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitTest {

    /** For a weight of 200 neurons over 300 inputs: its variance, and the bound of the uniform ones. */
    static Stream<Arguments> variances() {
        return Stream.of(
                Arguments.of("he normal", Init.heNormal(), 2 / 300.0, Double.POSITIVE_INFINITY),
                Arguments.of("he uniform", Init.heUniform(), 2 / 300.0, Math.sqrt(6 / 300.0)),
                Arguments.of("xavier normal", Init.xavierNormal(), 2 / 500.0, Double.POSITIVE_INFINITY),
                Arguments.of("xavier uniform", Init.xavierUniform(), 2 / 500.0, Math.sqrt(6 / 500.0)),
                Arguments.of("uniform", Init.uniform(), 1 / 900.0, Math.sqrt(1 / 300.0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variances")
    void meanVarianceAndBoundAreThoseOfThePaper(String name, Init init, double variance, double bound) {
        int n = 60_000;
        var weight = init.draw(Shape.of(200, 300), Rng.of(17));

        double sum = 0;
        double squares = 0;
        for (float w : weight.toArray()) {
            sum += w;
            squares += (double) w * w;
            assertTrue(Math.abs(w) <= bound);
        }
        // five standard errors; the variance of a normal sample's variance is 2σ⁴/n, larger than a uniform one's
        assertEquals(0, sum / n, 5 * Math.sqrt(variance / n));
        assertEquals(variance, squares / n, 5 * variance * Math.sqrt(2.0 / n));
    }

    @Test
    void noInputsAreNoDivisionByZero() {
        assertEquals(Shape.of(3, 0), Init.heNormal().draw(Shape.of(3, 0), Rng.of(1)).shape());
    }
}
