package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MissingIndicatorTest {
    @Test
    void onlyNaNIsMissing() throws Exception {
        float[] x = {Float.NaN, 0, Float.POSITIVE_INFINITY, -1};
        var y = new float[4];
        new MissingIndicator().pointwise().apply(x, 0, y, 0, 4);

        assertArrayEquals(new float[] {1, 0, 0, 0}, y);
        assertArrayEquals(y, new MissingIndicator().of(Tensor.vector(x)).toArray());
        assertEquals(new MissingIndicator(), ModelFiles.copy(new MissingIndicator()));
    }
}
