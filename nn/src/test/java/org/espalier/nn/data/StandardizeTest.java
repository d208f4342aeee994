package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StandardizeTest {

    @Test
    void meansAndDeviationsAreThoseOfEachFeature() {
        var inputs = Tensor.of(Shape.of(4, 2), 1, 7, 3, 7, 1, 7, 3, 7);
        var fitted = Standardize.fit(Dataset.of(inputs, Tensor.zeros(Shape.of(4))));
        assertArrayEquals(new float[] {2, 7}, fitted.mean().toArray());
        assertArrayEquals(new float[] {1, 1}, fitted.deviation().toArray()); // the constant feature is only shifted
        assertArrayEquals(new float[] {-1, 0, 1, 0, -1, 0, 1, 0}, fitted.apply(inputs).toArray());
    }

    @Test
    void aLargeOffsetDoesNotHideASmallSpread() {
        var data = Dataset.of(
                Rng.of(1).normal(Shape.of(2000, 3, 2), 0.5f).plus(1000f), Tensor.zeros(Shape.of(2000)));
        var x = Standardize.fit(data).apply(data.all().inputs());
        assertEquals(Shape.of(2000, 3, 2), x.shape());
        for (float mean : x.mean(0).toArray()) {
            assertEquals(0, mean, 1e-4);
        }
        for (float variance : x.variance(false, 0).toArray()) {
            assertEquals(1, variance, 1e-3);
        }
    }

    @Test
    void nothingCannotBeMeasured() {
        var empty = DatasetTest.numbered(0);
        assertThrows(IllegalArgumentException.class, () -> Standardize.fit(empty));
        assertThrows(ShapeException.class, () -> new Standardize(Tensor.vector(1), Tensor.vector(1, 2)));
    }

    /** Of [1, NaN, 3] the mean is 2 and the standard deviation 1. */
    @Test
    void missingValuesAreLeftOut() {
        var scale = Standardize.fit(Dataset.of(Tensor.of(Shape.of(3, 1), 1, Float.NaN, 3), Tensor.vector(0, 0, 0)));
        assertEquals(2, scale.mean().item());
        assertEquals(1, scale.deviation().item());
        assertArrayEquals(
                new float[] {-1, Float.NaN}, scale.apply(Tensor.of(Shape.of(2, 1), 1, Float.NaN)).toArray());
    }

    @Test
    void whatCannotBeMeasuredIsNamed() {
        float nan = Float.NaN;
        var empty = Dataset.of(Tensor.of(Shape.of(2, 2), 1, nan, 3, nan), Tensor.vector(0, 0));
        var e = assertThrows(IllegalArgumentException.class, () -> Standardize.fit(empty));
        assertEquals("standardize: feature 1 is NaN in every sample; leave it out", e.getMessage());
        var infinite = Dataset.of(
                Tensor.of(Shape.of(2, 2), 1, 2, Float.NEGATIVE_INFINITY, 4), Tensor.vector(0, 0));
        var f = assertThrows(IllegalArgumentException.class, () -> Standardize.fit(infinite));
        assertEquals("standardize: feature 0 of sample 1 is infinite", f.getMessage());
    }
}
