package org.espalier.nn;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Class labels, or other indices such as the entries of an {@link Embedding}, in a float tensor. Floats hold integers
 * exactly up to {@link #LIMIT}.
 */
public final class Labels {
    /** Labels are below this, 2²⁴: every smaller integer is a float. */
    public static final int LIMIT = 1 << 24;

    private Labels() {}

    /**
     * A tensor [n] of n indices.
     *
     * @throws IllegalArgumentException if one is negative or not below {@link #LIMIT}
     */
    public static Tensor of(int... indices) {
        var elements = new float[indices.length];
        for (int i = 0; i < elements.length; i++) {
            if (indices[i] < 0 || indices[i] >= LIMIT) {
                throw new IllegalArgumentException("index " + indices[i] + " is not in [0, " + LIMIT + ")");
            }
            elements[i] = indices[i];
        }
        return Storage.adopt(Shape.of(elements.length), elements);
    }

    /**
     * The index that a number is.
     *
     * @param use what it is for, to be named in the message
     * @param bound one more than the largest index allowed
     * @throws ShapeException if it is not an integer in [0, bound); NaN is not
     */
    static int index(float number, String use, int bound) {
        int index = (int) number;
        if (index != number || index < 0 || index >= bound) {
            throw new ShapeException(use + ": " + number + " is not an integer in [0, " + bound + ")");
        }
        return index;
    }

    /**
     * The indices in a tensor of any shape, in row-major order.
     *
     * @param use what the indices are for, to be named in the message
     * @param bound one more than the largest index allowed
     * @throws ShapeException if an element is not an integer in [0, bound); NaN is not
     */
    public static int[] toArray(Tensor tensor, String use, int bound) {
        float[] elements = Storage.array(tensor);
        var indices = new int[elements.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) elements[i];
            if (indices[i] != elements[i] || indices[i] < 0 || indices[i] >= bound) {
                throw new ShapeException(use + ": element " + i + " of " + tensor.shape() + " is " + elements[i]
                        + ", not an integer in [0, " + bound + ")");
            }
        }
        return indices;
    }
}
