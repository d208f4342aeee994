package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RSquaredTest {

    private static double score(Tensor output, Tensor target) {
        var tally = Metric.rSquared().start();
        // In two batches, to see that the spread is gathered across them.
        int rows = output.dim(0);
        tally.add(output.slice(0, 0, 1), target.slice(0, 0, 1));
        tally.add(output.slice(0, 1, rows), target.slice(0, 1, rows));
        return tally.value();
    }

    @Test
    void theScoreIsThatOfTheTextbookExample() {
        // Targets 3, -0.5, 2, 7 (mean 2.875, spread 29.1875), residuals 0.5, -0.5, 0, -1 (squares 1.5).
        assertEquals(
                1 - 1.5 / 29.1875, score(Tensor.vector(2.5f, 0, 2, 8), Tensor.vector(3, -0.5f, 2, 7)), 1e-12);
    }

    @Test
    void perfectIsOneAndTheMeanIsZero() {
        assertEquals(1, score(Tensor.vector(1, 2, 3), Tensor.vector(1, 2, 3)));
        assertEquals(0, score(Tensor.vector(2, 2, 2), Tensor.vector(1, 2, 3)), 1e-12);
    }

    @Test
    void severalOutputsAreAveraged() {
        var target = Tensor.of(Shape.of(3, 2), 1, 1, 2, 2, 3, 3);
        var output = Tensor.of(Shape.of(3, 2), 1, 2, 2, 2, 3, 2);
        assertEquals(0.5, score(output, target), 1e-12);
    }

    @Test
    void aConstantTargetIsHitOrMissed() {
        assertEquals(1, score(Tensor.vector(2, 2), Tensor.vector(2, 2)));
        assertEquals(0, score(Tensor.vector(2, 3), Tensor.vector(2, 2)));
    }

    @Test
    void nothingHasNoScoreAndShapesMustMatch() {
        var tally = Metric.rSquared().start();
        tally.add(Tensor.zeros(Shape.of(0, 2)), Tensor.zeros(Shape.of(0, 2)));
        assertTrue(Double.isNaN(tally.value()));
        assertThrows(ShapeException.class, () -> tally.add(Tensor.vector(1), Tensor.zeros(Shape.of(1, 1))));
        assertTrue(Metric.rSquared().higherIsBetter());
        assertEquals("R²", Metric.rSquared().name());
    }
}
