package org.espalier.nn.onnx.operator;

import org.espalier.tensor.Shape;

/** Results that are larger than the inputs by numbers that stand in the file: they have a limit. */
final class Growth {
    private static final int MOST = 1 << 26;

    private Growth() {}

    /**
     * A shape with these sizes.
     *
     * @throws IllegalArgumentException if one is negative, or it has more than 2²⁶ elements and than {@code before}
     */
    static Shape to(int before, long... sizes) {
        var dims = new int[sizes.length];
        long size = 1;
        for (int i = 0; i < dims.length; i++) {
            if (sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a size of " + sizes[i] + " along axis " + i);
            }
            dims[i] = (int) sizes[i];
            size = Math.min(size * Math.max(sizes[i], 1), Integer.MAX_VALUE + 1L);
        }
        if (size > Math.max(MOST, before)) {
            throw new IllegalArgumentException("a result of more than " + MOST + " elements");
        }
        return Shape.of(dims);
    }
}
