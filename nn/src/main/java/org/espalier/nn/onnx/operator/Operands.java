package org.espalier.nn.onnx.operator;

import java.util.List;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** The inputs of an operator that is being computed; one that the node leaves out is null in the list. */
public final class Operands {
    private final List<Operand> all;

    /** The inputs in order. */
    public Operands(List<Operand> all) {
        this.all = all;
    }

    /** How many there are, those left out included. */
    public int count() {
        return all.size();
    }

    /** Whether an input is there. */
    public boolean has(int input) {
        return input < all.size() && all.get(input) != null;
    }

    private Operand get(int input) {
        if (!has(input)) {
            throw new IllegalArgumentException("its input " + input + " is missing");
        }
        return all.get(input);
    }

    /** An input's elements. */
    public Tensor tensor(int input) {
        return get(input).tensor();
    }

    /** All inputs' elements. */
    public Tensor[] tensors() {
        var tensors = new Tensor[all.size()];
        for (int i = 0; i < tensors.length; i++) {
            tensors[i] = tensor(i);
        }
        return tensors;
    }

    /** An input's sizes. */
    public Shape shape(int input) {
        return get(input).shape();
    }

    /** An input's element type. */
    public DType type(int input) {
        return get(input).type();
    }

    /** An input's elements as integers, such as axes or sizes. */
    public long[] integers(int input) {
        return get(input).integers();
    }

    /** The only element of an input, as an integer. */
    public long integer(int input) {
        long[] integers = integers(input);
        if (integers.length != 1) {
            throw new IllegalArgumentException("its input " + input + " must be one number, not " + shape(input));
        }
        return integers[0];
    }
}
