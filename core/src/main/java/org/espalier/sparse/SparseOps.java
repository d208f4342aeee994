package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The three products of a weight W of which only a {@link SparsityStructure} exists: forward, with the transpose, and
 * the product of a gradient and an input, sampled where the pattern has entries. Each is the gradient of the others, so
 * they can be differentiated any number of times. Rows are shared out over threads, and no bit depends on how.
 */
final class SparseOps {
    private SparseOps() {}

    private static int batch(Tensor x) {
        int samples = 1;
        for (int axis = 0; axis < x.rank() - 1; axis++) {
            samples *= x.dim(axis);
        }
        return samples;
    }

    private static Shape withFeatures(Shape samples, int features) {
        int[] dims = samples.dims();
        dims[dims.length - 1] = features;
        return Shape.of(dims);
    }

    /** out = W·X + bias, for samples [batch × cols] and [batch × rows]. */
    private static void multiply(SparsityStructure pattern, float[] values, float[] bias, Tensor x, float[] out) {
        int batch = batch(x);
        pattern.forRows(batch, (from, to) -> KernelChoice.current().sparse().csr(
                pattern.layout(), values, true, true, from, to, batch, Storage.array(x), 0, pattern.cols(), bias,
                FusedActivation.NONE, out, 0, pattern.rows()));
    }

    /** Checks the innermost axis of samples, and the shape of a weight. */
    private static void require(Op op, SparsityStructure pattern, Shape samples, int features, Shape weight) {
        boolean matrix = weight.rank() == 2 && weight.equals(pattern.shape());
        if (!matrix || samples.rank() < 1 || samples.dim(-1) != features) {
            throw new ShapeException(op.name() + ": needs samples [..., " + features + "] and a weight matrix "
                    + pattern.shape() + ", not " + samples + " and " + weight);
        }
    }

    /** x·Wᵀ + b for x [..., in], W [out, in] and perhaps b [out]. */
    record Linear(SparsityStructure pattern) implements CustomOp {
        @Override
        public String name() {
            return "sparse linear";
        }

        @Override
        public Shape shape(Shape... inputs) {
            require(this, pattern, inputs[0], pattern.cols(), inputs[1]);
            if (inputs.length > 2 && (inputs[2].rank() != 1 || inputs[2].dim(0) != pattern.rows())) {
                throw new ShapeException(
                        name() + ": needs weight [out, in] and bias [out]: " + inputs[1] + " and " + inputs[2]);
            }
            return withFeatures(inputs[0], pattern.rows());
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] bias = inputs.length > 2 ? Storage.array(inputs[2]) : null;
            multiply(pattern, pattern.values(inputs[1]), bias, inputs[0], out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return switch (input) {
                case 0 -> Op.apply(new Transposed(pattern), g, in[1]);
                case 1 -> Op.apply(new Sampled(pattern), g, in[0]);
                default -> g.reshape(Shape.of(batch(g), pattern.rows())).sum(0);
            };
        }
    }

    /** g·W for g [..., out] and W [out, in]. */
    record Transposed(SparsityStructure pattern) implements CustomOp {
        @Override
        public String name() {
            return "sparse product";
        }

        @Override
        public Shape shape(Shape... inputs) {
            require(this, pattern, inputs[0], pattern.rows(), inputs[1]);
            return withFeatures(inputs[0], pattern.cols());
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var transpose = pattern.transpose();
            float[] values = pattern.values(inputs[1]);
            int[] entries = transpose.entries();
            var ordered = new float[values.length];
            for (int p = 0; p < ordered.length; p++) {
                ordered[p] = values[entries[p]];
            }
            multiply(transpose.pattern(), ordered, null, inputs[0], out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0
                    ? Op.apply(new Linear(pattern), g, in[1])
                    : Op.apply(new Sampled(pattern), in[0], g);
        }
    }

    /** gᵀ·x where the pattern has entries, else +0, for g [..., out] and x [..., in]. */
    record Sampled(SparsityStructure pattern) implements CustomOp {
        @Override
        public String name() {
            return "sampled product";
        }

        @Override
        public Shape shape(Shape... inputs) {
            require(this, pattern, inputs[0], pattern.rows(), pattern.shape());
            require(this, pattern, inputs[1], pattern.cols(), pattern.shape());
            return pattern.shape();
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            System.arraycopy(Storage.array(evaluate(pattern.shape(), inputs)), 0, out, 0, out.length);
        }

        @Override
        public Tensor evaluate(Shape shape, Tensor... inputs) {
            var out = new float[pattern.entries()];
            int batch = batch(inputs[0]);
            float[] g = Storage.array(inputs[0]);
            float[] x = Storage.array(inputs[1]);
            pattern.forRows(batch, (from, to) -> KernelChoice.current().sparse().sddmm(
                    pattern.layout(), from, to, batch, g, x, out));
            return pattern.tensor(out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0
                    ? Op.apply(new Linear(pattern), in[1], g)
                    : Op.apply(new Transposed(pattern), in[0], g);
        }
    }
}
