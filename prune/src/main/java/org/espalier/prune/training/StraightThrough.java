package org.espalier.prune.training;

import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The elements of a weight that are kept, +0 elsewhere; its gradient is that of the identity, so that weights that are
 * not kept learn too (Bengio, Léonard and Courville 2013, arXiv 1308.3432).
 */
record StraightThrough() implements CustomOp {
    /** The weight where {@code kept}, of the same shape, is not 0. */
    static Tensor of(Tensor weight, Tensor kept) {
        return Op.apply(new StraightThrough(), weight, kept);
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public Shape shape(Shape... inputs) {
        if (!inputs[0].equals(inputs[1])) {
            throw new ShapeException(name() + ": a weight " + inputs[0] + " is not kept by " + inputs[1]);
        }
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        select(inputs[0], inputs[1], out);
    }

    /** Writes the elements that are kept, and +0 for the others. */
    static void select(Tensor from, Tensor keeping, float[] out) {
        float[] weight = Storage.array(from);
        float[] kept = Storage.array(keeping);
        for (int i = 0; i < out.length; i++) {
            out[i] = kept[i] == 0 ? 0 : weight[i];
        }
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return input == 0 ? g : Tensor.zeros(g.shape());
    }
}
