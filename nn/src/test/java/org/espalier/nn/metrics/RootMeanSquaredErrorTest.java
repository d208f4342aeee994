package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RootMeanSquaredErrorTest {
    private final Tensor output = Tensor.of(Shape.of(4, 2), 1, 2, 3, -1, 0, 4, 2, 2);
    private final Tensor target = Tensor.of(Shape.of(4, 2), 1.5f, 1, 2, 0, 0, 3, 5, 2);

    @Test
    void outputsAreAveraged() {
        assertEquals(1.2334032315713253, score(Metric.rootMeanSquaredError(), output, target), 1e-12);
        var one = output.slice(1, 0, 1);
        assertEquals(1.6007810593582121, score(Metric.rootMeanSquaredError(), one, target.slice(1, 0, 1)), 1e-12);
        assertEquals(0.9375, score(Metric.meanAbsoluteError(), output, target), 1e-7);
        assertEquals(0.3113744075829384, score(Metric.rSquared(), output, target), 1e-12);
    }

    @Test
    void smallerIsBetterAndNothingIsUndefined() {
        assertFalse(Metric.rootMeanSquaredError().higherIsBetter());
        assertTrue(Double.isNaN(Metric.rootMeanSquaredError().start().value()));
        assertEquals("RMSE", Metric.rootMeanSquaredError().name());
        var tally = Metric.rootMeanSquaredError().start();
        assertThrows(ShapeException.class, () -> tally.add(output, Tensor.vector(1, 2, 3, 4)));
    }
}
