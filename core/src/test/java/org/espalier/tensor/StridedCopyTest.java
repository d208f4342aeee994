package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class StridedCopyTest {
    private final float[] x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

    private float[] gather(int offset, int[] strides, int... dims) {
        var out = new float[Shape.of(dims).size()];
        StridedCopy.gather(x, offset, strides, dims, out);
        return out;
    }

    @Test
    void stridesOfOneCopyRuns() {
        assertArrayEquals(new float[] {3, 4, 5}, gather(3, new int[] {1}, 3));
        assertArrayEquals(new float[] {1, 2, 5, 6}, gather(1, new int[] {4, 1}, 2, 2));
    }

    @Test
    void stridesOfZeroRepeat() {
        assertArrayEquals(new float[] {7, 7, 7}, gather(7, new int[] {0}, 3));
        assertArrayEquals(new float[] {2, 3, 2, 3}, gather(2, new int[] {0, 1}, 2, 2));
    }

    @Test
    void otherStridesPickElements() {
        assertArrayEquals(new float[] {0, 4, 8, 1, 5, 9}, gather(0, new int[] {1, 4}, 2, 3));
        assertArrayEquals(new float[] {11, 9, 7}, gather(11, new int[] {-2}, 3));
        assertArrayEquals(new float[] {0, 2, 6, 8, 1, 3, 7, 9}, gather(0, new int[] {1, 6, 2}, 2, 2, 2));
    }

    @Test
    void aScalarIsOneElementAndAnEmptyShapeNone() {
        assertArrayEquals(new float[] {5}, gather(5, new int[0]));
        assertArrayEquals(new float[0], gather(99, new int[] {1, 1}, 3, 0));
    }
}
