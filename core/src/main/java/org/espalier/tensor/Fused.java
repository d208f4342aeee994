package org.espalier.tensor;

import java.util.Arrays;
import org.espalier.kernel.choice.KernelChoice;

/** Ops over one axis, mostly the innermost, that are one op for the sake of numerical stability or speed. */
public sealed interface Fused extends Op {

    /** What to do with a row: row number {@code row}, whose {@code width} elements start at {@code offset}. */
    @FunctionalInterface
    interface Row {
        /** Handles one row. */
        void at(int row, int offset, int width);
    }

    /** What to do with {@code rows} rows of {@code width} elements, the first of which start at {@code offset}. */
    @FunctionalInterface
    interface Rows {
        /** Handles several rows. */
        void at(int rows, int offset, int width);
    }

    /** Visits the rows along the innermost axis of {@code x}, perhaps on several threads. */
    private static void rows(Tensor x, Row body) {
        int width = x.dim(-1);
        Split.rows(width == 0 ? 0 : x.size() / width, width, Split.FUNCTION, (from, to) -> {
            for (int row = from; row < to; row++) {
                body.at(row, row * width, width);
            }
        });
    }

    /** Visits the rows along the innermost axis of {@code x} many at a time, perhaps on several threads. */
    private static void blocks(Tensor x, Rows body) {
        int width = x.dim(-1);
        Split.rows(width == 0 ? 0 : x.size() / width, width, Split.FUNCTION,
                (from, to) -> body.at(to - from, from * width, width));
    }

    private static Shape needsAxis(Op op, Shape shape) {
        if (shape.rank() == 0) {
            throw ShapeException.of(op.name(), "needs at least one axis", shape);
        }
        return shape;
    }

    /** eˣ / Σeˣ over the innermost axis, shifted by the row's maximum. A row of −∞ only gives NaN. */
    record Softmax() implements Fused {
        @Override
        public Shape shape(Shape... inputs) {
            return Fused.needsAxis(this, inputs[0]);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var x = inputs[0].array();
            Fused.blocks(inputs[0], (rows, at, n) -> KernelChoice.current().dense().softmax(rows, n, x, at, out, at));
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return y.times(g.minus(g.times(y).sum(true, -1)));
        }
    }

    /** x − log Σeˣ over the innermost axis. */
    record LogSoftmax() implements Fused {
        @Override
        public Shape shape(Shape... inputs) {
            return Fused.needsAxis(this, inputs[0]);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var x = inputs[0].array();
            Fused.blocks(inputs[0],
                    (rows, at, n) -> KernelChoice.current().dense().logSoftmax(rows, n, x, at, out, at));
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g.minus(y.exp().times(g.sum(true, -1)));
        }
    }

    /** log Σeˣ over the innermost axis, which disappears; −∞ when that axis is empty. */
    record LogSumExp() implements Fused {
        @Override
        public Shape shape(Shape... inputs) {
            var shape = Fused.needsAxis(this, inputs[0]);
            return Reduction.folded(shape, new int[] {shape.rank() - 1}, false);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            Arrays.fill(out, Float.NEGATIVE_INFINITY);
            var x = inputs[0].array();
            Fused.rows(inputs[0], (row, at, n) -> out[row] = KernelChoice.current().dense().logSumExp(x, at, n));
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return in[0].softmax().times(g.unsqueeze(-1));
        }
    }

    /**
     * −Σ q·log softmax(x) for each row of logits [rows, classes], q being 1 − smoothing at the row's label plus
     * smoothing / classes everywhere (label smoothing: Szegedy et al. 2016, arXiv 1512.00567). The gradient is
     * softmax(x) − q.
     */
    record CrossEntropy(int[] labels, float smoothing) implements Fused {
        /** Copies the labels and checks that the smoothing is in [0, 1). */
        public CrossEntropy {
            labels = labels.clone();
            if (!(smoothing >= 0 && smoothing < 1)) {
                throw new IllegalArgumentException("crossEntropy: smoothing " + smoothing + " is not within [0, 1)");
            }
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].rank() != 2 || inputs[0].dim(0) != labels.length) {
                throw ShapeException.of("crossEntropy", "needs logits [" + labels.length + ", classes]", inputs);
            }
            for (int label : labels) {
                if (label < 0 || label >= inputs[0].dim(1)) {
                    throw ShapeException.of("crossEntropy", "label " + label + " is not a class of logits", inputs);
                }
            }
            return Shape.of(labels.length);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var logSoftmax = new float[inputs[0].size()];
            new LogSoftmax().forward(logSoftmax, inputs);
            Fused.rows(inputs[0], (row, at, classes) -> {
                float loss = -logSoftmax[at + labels[row]];
                if (smoothing != 0) {
                    float mean = KernelChoice.current().dense().sum(logSoftmax, at, classes) / classes;
                    loss = (1 - smoothing) * loss - smoothing * mean;
                }
                out[row] = loss;
            });
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            int classes = in[0].dim(1);
            var target = Tensor.oneHot(classes, labels);
            if (smoothing != 0) {
                target = target.affine(1 - smoothing, smoothing / classes);
            }
            return in[0].softmax().minus(target).times(g.reshape(-1, 1));
        }
    }

    /**
     * The sums of the elements up to each, itself included, along an axis; from the end if reversed. Added in double
     * precision, in order.
     */
    record CumulativeSum(int axis, boolean reversed) implements Fused {
        @Override
        public Shape shape(Shape... inputs) {
            inputs[0].requireAxis(this, axis);
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = inputs[0].array();
            int n = inputs[0].dim(axis);
            int inner = inputs[0].shape().span(axis + 1, inputs[0].rank());
            for (int matrix = 0; matrix < out.length; matrix += n * inner) {
                for (int column = matrix; column < matrix + inner; column++) {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        int at = column + (reversed ? n - 1 - i : i) * inner;
                        sum += x[at];
                        out[at] = (float) sum;
                    }
                }
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new CumulativeSum(axis, !reversed), g);
        }
    }
}
