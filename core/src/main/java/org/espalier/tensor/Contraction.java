package org.espalier.tensor;

import java.util.Arrays;

/**
 * Products that sum over a shared axis, the reduction dimension. Every element of a result is one chain of fused
 * multiply-adds in ascending order of the reduction dimension, so its bits do not depend on the other rows, on threads
 * or on the width of vectors.
 */
public sealed interface Contraction extends Op {

    /**
     * The matrix product [..., m, k] · [..., k, n] = [..., m, n]; leading axes broadcast. An operand that is a
     * transpose is read in place, without a copy. Zeros if k is 0.
     */
    record MatMul() implements Contraction {
        @Override
        public String name() {
            return "matmul";
        }

        @Override
        public int arity() {
            return 2;
        }

        @Override
        public Shape shape(Shape... inputs) {
            var a = inputs[0];
            var b = inputs[1];
            if (a.rank() < 2 || b.rank() < 2) {
                throw ShapeException.of(
                        "matmul", "both operands need at least two axes (reshape a vector to [n, 1])", a, b);
            }
            if (a.dim(-1) != b.dim(-2)) {
                var hint = a.dim(-1) == b.dim(-1) ? " (did you mean b.transpose()?)" : "";
                throw ShapeException.of("matmul", "inner sizes differ" + hint, a, b);
            }
            if (a.rank() == 2 && b.rank() == 2) {
                return Shape.of(a.dim(0), b.dim(1));
            }
            var batch = broadcast(batchOf(a), batchOf(b), inputs).dims();
            var dims = Arrays.copyOf(batch, batch.length + 2);
            dims[batch.length] = a.dim(-2);
            dims[batch.length + 1] = b.dim(-1);
            return Shape.of(dims);
        }

        private static Shape batchOf(Shape shape) {
            return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
        }

        private Shape broadcast(Shape a, Shape b, Shape... whole) {
            try {
                return Shape.broadcast(name(), a, b);
            } catch (ShapeException e) {
                throw ShapeException.of("matmul", "leading axes do not broadcast", whole);
            }
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            if (out.length == 0) {
                return;
            }
            var a = Products.Operand.of(inputs[0]);
            int m = inputs[0].dim(-2);
            int k = inputs[0].dim(-1);
            int n = inputs[1].dim(-1);
            if (out.length == m * n) {
                Products.multiply(m, n, k, a, inputs[1], out);
                return;
            }
            var b = Products.Operand.of(inputs[1]);
            var aBatch = batchOf(inputs[0].shape());
            var bBatch = batchOf(inputs[1].shape());
            int[] batch = Shape.broadcast(name(), aBatch, bBatch).dims();
            int[] aStrides = Broadcast.strides(aBatch, batch);
            int[] bStrides = Broadcast.strides(bBatch, batch);
            for (int i = 0; i < out.length / (m * n); i++) {
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

    /** x·Wᵀ + b for x [..., in], W [out, in] and perhaps b [out]: a fully connected layer in one op. */
    record Linear() implements Contraction {
        @Override
        public int arity() {
            return -1;
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs.length < 2 || inputs.length > 3) {
                throw ShapeException.of("linear", "takes x, weight and perhaps bias", inputs);
            }
            var x = inputs[0];
            var weight = inputs[1];
            if (x.rank() < 1 || weight.rank() != 2 || x.dim(-1) != weight.dim(1)) {
                throw ShapeException.of("linear", "needs x [..., in] and weight [out, in]", x, weight);
            }
            if (inputs.length == 3 && (inputs[2].rank() != 1 || inputs[2].dim(0) != weight.dim(0))) {
                throw ShapeException.of("linear", "needs weight [out, in] and bias [out]", weight, inputs[2]);
            }
            return x.with(-1, weight.dim(0));
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            int in = inputs[1].dim(1);
            int units = inputs[1].dim(0);
            float[] bias = inputs.length == 3 ? inputs[2].array() : null;
            Products.linear(out.length / units, units, in, inputs[0].array(), inputs[1], bias, out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return switch (input) {
                case 0 -> rows(g).matmul(in[1]).reshape(in[0].shape());
                case 1 -> in[1].isLeaf() && NoGrad.isActive()
                        ? WeightGradient.of(rows(g), rows(in[0]))
                        : rows(g).transpose().matmul(rows(in[0]));
                default -> rows(g).sum(0);
            };
        }

        /** A tensor [..., n] as a matrix of rows of n. */
        private static Tensor rows(Tensor x) {
            var shape = x.shape();
            return x.reshape(Shape.of(shape.span(0, shape.rank() - 1), shape.dim(-1)));
        }
    }
}
