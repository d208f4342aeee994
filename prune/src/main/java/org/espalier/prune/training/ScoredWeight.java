package org.espalier.prune.training;

import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * The elements of a weight that are kept, +0 elsewhere. Its gradient g goes to the weight where it is kept; the scores
 * that decide what is kept get g·w everywhere, as if each were a factor of its weight (Sanh, Wolf and Rush 2020, arXiv
 * 2005.07683, equation 2).
 */
record ScoredWeight() implements CustomOp {
    /** The weight where {@code kept} is not 0; all three have one shape. */
    static Tensor of(Tensor weight, Tensor scores, Tensor kept) {
        return Op.apply(new ScoredWeight(), weight, scores, kept);
    }

    @Override
    public int arity() {
        return 3;
    }

    @Override
    public Shape shape(Shape... inputs) {
        if (!inputs[0].equals(inputs[1]) || !inputs[0].equals(inputs[2])) {
            throw new ShapeException(
                    name() + ": a weight " + inputs[0] + " has no scores " + inputs[1] + " and is not kept by "
                            + inputs[2]);
        }
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        StraightThrough.select(inputs[0], inputs[2], out);
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return switch (input) {
            case 0 -> StraightThrough.of(g, inputs[2]);
            case 1 -> g.times(inputs[0]);
            default -> Tensor.zeros(g.shape());
        };
    }
}
