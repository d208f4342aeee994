package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Rounds activations to the values of their 8-bit codes, in float32. The gradient goes straight through (Bengio,
 * Léonard and Courville 2013, arXiv 1308.3432) where the scale has a code, and is zero where it saturates, there a
 * small change changing nothing.
 *
 * @param scale of the codes
 */
public record FakeQuantizeActivations(ActivationScale scale) implements CustomOp {
    /**
     * The rounded tensor.
     *
     * @throws IllegalArgumentException if an element is NaN
     */
    public static Tensor of(Tensor x, ActivationScale scale) {
        return Op.apply(new FakeQuantizeActivations(scale), x);
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Shape shape(Shape... inputs) {
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        float[] elements = Storage.array(inputs[0]);
        for (int i = 0; i < out.length; i++) {
            out[i] = scale.value(scale.code(elements[i]));
        }
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        float[] elements = Storage.array(inputs[0]);
        var inside = new float[elements.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = elements[i] >= scale.least() && elements[i] <= scale.largest() ? 1 : 0;
        }
        return Tensor.where(Storage.adopt(inputs[0].shape(), inside), g, Tensor.zeros(Shape.of()));
    }
}
