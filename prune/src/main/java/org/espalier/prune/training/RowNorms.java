package org.espalier.prune.training;

import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** The Euclidean norm of each row of a matrix. Its gradient is w / ‖w‖, and 0 for a row of zeros. */
record RowNorms() implements CustomOp {
    static Tensor of(Tensor matrix) {
        return Op.apply(new RowNorms(), matrix);
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Shape shape(Shape... inputs) {
        if (inputs[0].rank() != 2) {
            throw new ShapeException(name() + ": needs a matrix, not " + inputs[0]);
        }
        return Shape.of(inputs[0].dim(0));
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        float[] elements = Storage.array(inputs[0]);
        int columns = inputs[0].dim(1);
        for (int row = 0; row < out.length; row++) {
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                sum += (double) elements[i] * elements[i];
            }
            out[row] = (float) Math.sqrt(sum);
        }
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        var one = Tensor.full(y.shape(), 1);
        var divisor = Tensor.where(y.greater(Tensor.zeros(y.shape())), y, one);
        return g.div(divisor).unsqueeze(1).times(inputs[0]);
    }
}
