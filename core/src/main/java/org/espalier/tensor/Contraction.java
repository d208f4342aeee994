package org.espalier.tensor;

import java.util.Arrays;
import org.espalier.kernel.Kernels;

/**
 * Products that sum over a shared axis. Every element of a result is one chain of fused multiply-adds in ascending order
 * of the summed index, so its bits do not depend on the other rows, on threads or on the width of vectors.
 */
public sealed interface Contraction extends Op {

    /**
     * The matrix product [..., m, k] · [..., k, n] = [..., m, n]; leading axes broadcast. An operand that is a transpose
     * is read in place, without a copy.
     */
    record MatMul() implements Contraction {
        @Override
        public String name() {
            return "matmul";
        }

        @Override
        public Shape shape(Shape... inputs) {
            var a = inputs[0];
            var b = inputs[1];
            if (a.rank() < 2 || b.rank() < 2) {
                throw ShapeException.of("matmul", "both operands need at least two axes (reshape a vector to [n, 1])", a, b);
            }
            if (a.dim(-1) != b.dim(-2)) {
                var hint = a.dim(-1) == b.dim(-1) ? " (did you mean b.transpose()?)" : "";
                throw ShapeException.of("matmul", "inner sizes differ" + hint, a, b);
            }
            int[] batch = Shape.broadcast("matmul", batchOf(a), batchOf(b)).dims();
            var dims = Arrays.copyOf(batch, batch.length + 2);
            dims[batch.length] = a.dim(-2);
            dims[batch.length + 1] = b.dim(-1);
            return Shape.of(dims);
        }

        private static Shape batchOf(Shape shape) {
            return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
        }

        @Override
        public void forward(Tensor[] inputs, float[] out) {
            var a = Products.Operand.of(inputs[0]);
            var b = Products.Operand.of(inputs[1]);
            int m = inputs[0].dim(-2);
            int k = inputs[0].dim(-1);
            int n = inputs[1].dim(-1);
            var aBatch = batchOf(inputs[0].shape());
            var bBatch = batchOf(inputs[1].shape());
            int[] batch = Shape.broadcast("matmul", aBatch, bBatch).dims();
            int[] aStrides = Broadcast.strides(aBatch, batch);
            int[] bStrides = Broadcast.strides(bBatch, batch);
            int count = m * n == 0 ? 0 : out.length / (m * n);
            for (int i = 0; i < count; i++) {
                int aMatrix = 0;
                int bMatrix = 0;
                int rest = i;
                for (int axis = batch.length - 1; axis >= 0; axis--) {
                    int index = rest % batch[axis];
                    rest /= batch[axis];
                    aMatrix += index * aStrides[axis];
                    bMatrix += index * bStrides[axis];
                }
                Products.multiply(m, n, k, a.matrix(aMatrix * m * k), b.matrix(bMatrix * k * n), out, i * m * n);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g.matmul(in[1].transpose()) : in[0].transpose().matmul(g);
        }
    }

    /** x·Wᵀ + b for x [..., in], W [out, in], b [out]: a fully connected layer in one op. */
    record Linear() implements Contraction {
        @Override
        public Shape shape(Shape... inputs) {
            var x = inputs[0];
            var weight = inputs[1];
            if (x.rank() < 1 || weight.rank() != 2 || x.dim(-1) != weight.dim(1)) {
                throw ShapeException.of("linear", "needs x [..., in] and weight [out, in]", x, weight);
            }
            if (!inputs[2].equals(Shape.of(weight.dim(0)))) {
                throw ShapeException.of("linear", "needs weight [out, in] and bias [out]", weight, inputs[2]);
            }
            return x.with(x.rank() - 1, weight.dim(0));
        }

        @Override
        public void forward(Tensor[] inputs, float[] out) {
            int in = inputs[1].dim(1);
            int units = inputs[1].dim(0);
            int rows = units == 0 ? 0 : out.length / units;
            var x = new Products.Operand(inputs[0].array(), 0, in, false);
            var transposed = new Products.Operand(inputs[1].array(), 0, in, true);
            Products.multiply(rows, units, in, x, transposed, out, 0);
            var kernels = Kernels.active();
            for (int row = 0; row < rows; row++) {
                kernels.addTo(inputs[2].array(), 0, out, row * units, units);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            int units = in[1].dim(0);
            var rows = g.reshape(-1, units);
            return switch (input) {
                case 0 -> rows.matmul(in[1]).reshape(in[0].shape());
                case 1 -> rows.transpose().matmul(in[0].reshape(-1, in[1].dim(1)));
                default -> rows.sum(0);
            };
        }
    }
}
