package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {

    @Test
    void aLossOfYourOwnIsOneExpression() {
        Loss cubic = (output, target) -> output.minus(target).abs().pow(3).mean();

        assertEquals(4.5f, cubic.value(Tensor.vector(1, 2), Tensor.vector(0, 0)).item(), 1e-5);
    }

    @Test
    void shapesMustBeEqualNotMerelyBroadcastable() {
        var column = Tensor.zeros(Shape.of(4, 1));

        assertDoesNotThrow(() -> Loss.requireSameShape("test", column, column));
        assertThrows(ShapeException.class, () -> Loss.requireSameShape("test", column, Tensor.zeros(Shape.of(4))));
        assertThrows(ShapeException.class, () -> Loss.requireSameShape("test", column, Tensor.scalar(0)));
    }

    @Test
    void aLossWithoutValuesPerSampleTakesNoWeights() {
        Loss cubic = (output, target) -> output.minus(target).abs().pow(3).mean();
        var output = Tensor.vector(1, 2);

        assertEquals(4.5f, cubic.value(output, Tensor.vector(0, 0), Tensor.scalar(1)).item(), 1e-5);
        assertThrows(
                UnsupportedOperationException.class,
                () -> cubic.value(output, Tensor.vector(0, 0), Tensor.vector(1, 2)));
        assertEquals(Task.REGRESSION, cubic.task());
    }

    @Test
    void regressionLossesWeighSamplesByTheirRow() {
        var output = Tensor.of(Shape.of(2, 2), 1, 2, 5, 0);
        var target = Tensor.zeros(Shape.of(2, 2));
        var weights = Tensor.vector(3, 1);

        // squares: rows (1 + 4)/2 and 25/2; absolute: 3/2 and 5/2; Huber(2): (.5 + 2)/2 and (2·(5 − 1))/2
        assertEquals((3 * 2.5 + 12.5) / 4, Loss.meanSquaredError().value(output, target, weights).item(), 1e-6);
        assertEquals((3 * 1.5 + 2.5) / 4, Loss.meanAbsoluteError().value(output, target, weights).item(), 1e-6);
        assertEquals((3 * 1.25 + 4) / 4, Loss.huber(2).value(output, target, weights).item(), 1e-6);
    }

    @Test
    void lossesSayWhatOutputsMean() {
        assertEquals(Task.CLASSIFICATION, Loss.crossEntropy().task());
        assertEquals(Task.LABELS, Loss.binaryCrossEntropy().task());
        assertEquals(Task.REGRESSION, Loss.huber(1).task());
    }
}
