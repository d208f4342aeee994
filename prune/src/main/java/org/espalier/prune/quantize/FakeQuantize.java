package org.espalier.prune.quantize;

import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Rounds a matrix [rows, columns] to the values of the codes of a {@link WeightFormat}, in float32. Its gradient is
 * that of the identity: rounding has none that helps, so the gradient goes straight through (Bengio, Léonard and
 * Courville 2013, arXiv 1308.3432). No element is clipped, the codes reaching to the largest, so none is cut off.
 *
 * @param format the form of the codes; a codebook is computed for each matrix
 */
public record FakeQuantize(WeightFormat format) implements CustomOp {
    /**
     * The matrix rounded to 8 bits. Throws as {@link #of(Tensor, WeightFormat)}.
     */
    public static Tensor of(Tensor matrix) {
        return of(matrix, WeightFormat.int8());
    }

    /**
     * The rounded matrix.
     *
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public static Tensor of(Tensor matrix, WeightFormat format) {
        return Op.apply(new FakeQuantize(format), matrix);
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
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        float[] rounded = Storage.array(format.codes(inputs[0]).dequantize());
        System.arraycopy(rounded, 0, out, 0, out.length);
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return g;
    }
}
