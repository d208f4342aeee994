package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ImputeTest {
    private static final Tensor X = Tensor.matrix(
            new float[] {1, Float.NaN, 3}, new float[] {Float.NaN, 5, Float.NEGATIVE_INFINITY});

    @Test
    void missingValuesAreReplaced() {
        assertArrayEquals(
                new float[] {1, 20, 3, 10, 5, Float.NEGATIVE_INFINITY},
                Impute.of(Tensor.vector(10, 20, 30)).forward(X).toArray());
    }

    @Test
    void indicatorsSayWhatWasMissing() {
        var layer = Impute.withIndicators(Tensor.vector(10, 20, 30), 1, 0);

        assertArrayEquals(
                new float[] {1, 20, 3, 1, 0, 10, 5, Float.NEGATIVE_INFINITY, 0, 1}, layer.forward(X).toArray());
        assertEquals(3, layer.in());
        assertEquals(5, layer.out(3));
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        var layer = Impute.withIndicators(Tensor.vector(10, 20, 30), 1, 0);

        assertArrayEquals(layer.forward(X).toArray(), InferenceModel.of(layer).predict(X).toArray());
        assertArrayEquals(layer.forward(X).toArray(), ModelFiles.copy(layer).forward(X).toArray());
    }

    @Test
    void misfitsAreRefused() {
        assertThrows(ShapeException.class, () -> Impute.of(Tensor.vector(1)).forward(X));
        assertThrows(ShapeException.class, () -> Impute.of(Tensor.zeros(Shape.of(1, 2))));
    }
}
