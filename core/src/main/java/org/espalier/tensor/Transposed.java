package org.espalier.tensor;

import org.espalier.kernel.choice.KernelChoice;

/** The elements of a tensor with its last two axes exchanged. */
record Transposed(Tensor of) implements LazyElements {
    @Override
    public float[] elements() {
        var elements = new float[of.size()];
        int matrix = of.dim(-1) * of.dim(-2);
        for (int at = 0; at < elements.length; at += matrix) {
            KernelChoice.current().dense().transpose(of.dim(-2), of.dim(-1), of.array(), at, elements, at);
        }
        return elements;
    }
}
