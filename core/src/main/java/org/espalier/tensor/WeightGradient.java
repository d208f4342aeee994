package org.espalier.tensor;

import org.espalier.kernel.choice.KernelChoice;

/**
 * The gradient of a weight [rows, width], gᵀ·x for the gradients g [batch, rows] of a layer's sums and its inputs x
 * [batch, width]. The bits of a row do not depend on which others are computed with it.
 */
record WeightGradient(int batch, int rows, int width, float[] g, float[] x) implements LazyRows {
    static Tensor of(Tensor g, Tensor x) {
        var source = new WeightGradient(g.dim(0), g.dim(1), x.dim(1), g.array(), x.array());
        return new Tensor(Shape.of(source.rows, source.width), null, null, source);
    }

    @Override
    public void compute(int from, int to, float[] out) {
        KernelChoice.current().dense()
                .gemm(true, false, to - from, width, batch, g, from, rows, x, 0, width, false, out, from * width,
                        width);
    }

    @Override
    public float[] elements() {
        var out = new float[rows * width];
        if (out.length > 0) {
            var left = new Products.Operand(g, 0, rows, true);
            var right = new Products.Operand(x, 0, width, false);
            Products.multiply(rows, width, batch, left, right, out, 0);
        }
        return out;
    }
}
