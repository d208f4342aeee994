package org.espalier.nn.onnx.operator;

import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** An input of an operator: a constant of the graph, or a value that was computed. */
public sealed interface Operand permits Constant, Operand.Computed {
    /** From here on float32 does not hold every integer. */
    float EXACT = 1 << 24;

    /** The most integers, such as sizes and axes, that are looked at one by one before anything is computed. */
    int LISTED = 4096;

    /** The element type that the graph gives it. */
    DType type();

    /** The elements as float32. */
    Tensor tensor();

    /**
     * The elements as integers.
     *
     * @throws IllegalArgumentException if one is not an integer
     */
    long[] integers();

    /** The sizes. */
    Shape shape();

    /**
     * A value that was computed. Elements of integer types are held as float32, which is exact below 2²⁴; an operator
     * refuses to go beyond.
     */
    record Computed(Tensor tensor, DType type) implements Operand {
        @Override
        public long[] integers() {
            float[] elements = Storage.array(tensor);
            var integers = new long[elements.length];
            for (int i = 0; i < integers.length; i++) {
                integers[i] = (long) elements[i];
                if (integers[i] != elements[i] || Math.abs(elements[i]) > EXACT) {
                    throw new IllegalArgumentException("element " + i + " is " + elements[i]
                            + ", which is not an integer up to 2^24");
                }
            }
            return integers;
        }

        @Override
        public Shape shape() {
            return tensor.shape();
        }
    }
}
