package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;

/** Samples and references of the {@link Contraction} ops. */
final class ContractionCases {
    private static final double U = 0x1p-24;

    private ContractionCases() {}

    static List<OpCase<?>> all() {
        return List.of(matmul(), linear());
    }

    private static OpCase<Contraction.MatMul> matmul() {
        var op = new Contraction.MatMul();
        return new OpCase<>(
                Contraction.MatMul.class,
                (values, shapes) -> op,
                List.of(
                        shapes(Shape.of(1, 1), Shape.of(1, 1)),
                        shapes(Shape.of(2, 3), Shape.of(3, 4)),
                        shapes(Shape.of(0, 3), Shape.of(3, 2)),
                        shapes(Shape.of(2, 0), Shape.of(0, 3)),
                        shapes(Shape.of(2, 3), Shape.of(3, 0)),
                        shapes(Shape.of(17, 13), Shape.of(13, 19)),
                        shapes(Shape.of(1, 31), Shape.of(31, 1)),
                        shapes(Shape.of(33, 1), Shape.of(1, 5)),
                        shapes(Shape.of(4, 2, 3), Shape.of(3, 5)),
                        shapes(Shape.of(2, 3), Shape.of(4, 3, 2)),
                        shapes(Shape.of(4, 2, 3), Shape.of(4, 3, 2)),
                        shapes(Shape.of(1, 2, 3), Shape.of(4, 3, 2)),
                        shapes(Shape.of(2, 1, 2, 3), Shape.of(3, 3, 2)),
                        shapes(Shape.of(0, 2, 3), Shape.of(1, 3, 2)),
                        shapes(Shape.of(1, 2, 7), Shape.of(0, 7, 0)),
                        shapes(Shape.of(2, 0, 2, 3), Shape.of(3, 2))),
                ContractionCases::randomProduct,
                (o, x, shapes) -> product(x[0], x[1], shapes))
                .within((o, x, shapes) -> bound(shapes[0].dim(-1), product(magnitudes(x[0]), magnitudes(x[1]), shapes)))
                .refuses(
                        new OpCase.Refusal(op, Shape.of(2, 2)),
                        new OpCase.Refusal(op, Shape.of(3), Shape.of(3, 2)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(3)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(2, 3)),
                        new OpCase.Refusal(op, Shape.of(2, 0), Shape.of(1, 3)),
                        new OpCase.Refusal(op, Shape.of(2, 2, 3), Shape.of(3, 3, 2)));
    }

    private static Shape[] randomProduct(Values values) {
        int m = values.size();
        int k = values.size();
        int n = values.size();
        var batch = values.shapeOfRank(values.below(3));
        if (batch.size() > 12) {
            batch = Shape.scalar();
        }
        return shapes(
                join(values.broadcasting(batch), m, k),
                join(values.chance(0.5) ? batch : values.broadcasting(batch), k, n));
    }

    private static Shape join(Shape batch, int rows, int columns) {
        var dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
        dims[batch.rank()] = rows;
        dims[batch.rank() + 1] = columns;
        return Shape.of(dims);
    }

    private static Shape batch(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
    }

    private static double[] product(double[] a, double[] b, Shape... shapes) {
        var batch = Index.broadcast(batch(shapes[0]), batch(shapes[1]));
        return Index.fill(join(batch, shapes[0].dim(-2), shapes[1].dim(-1)), index -> {
            double sum = 0;
            int[] left = index.clone();
            int[] right = index.clone();
            for (int k = 0; k < shapes[0].dim(-1); k++) {
                left[index.length - 1] = k;
                right[index.length - 2] = k;
                sum += a[Index.flat(left, shapes[0])] * b[Index.flat(right, shapes[1])];
            }
            return sum;
        });
    }

    private static OpCase<Contraction.Linear> linear() {
        var op = new Contraction.Linear();
        return new OpCase<>(
                Contraction.Linear.class,
                (values, shapes) -> op,
                List.of(
                        shapes(Shape.of(3), Shape.of(2, 3), Shape.of(2)),
                        shapes(Shape.of(1, 1), Shape.of(1, 1), Shape.of(1)),
                        shapes(Shape.of(17, 5), Shape.of(3, 5), Shape.of(3)),
                        shapes(Shape.of(2, 3), Shape.of(33, 3), Shape.of(33)),
                        shapes(Shape.of(2, 3, 4), Shape.of(5, 4), Shape.of(5)),
                        shapes(Shape.of(0, 3), Shape.of(2, 3), Shape.of(2)),
                        shapes(Shape.of(4, 0), Shape.of(2, 0), Shape.of(2)),
                        shapes(Shape.of(4, 3), Shape.of(0, 3), Shape.of(0)),
                        shapes(Shape.of(2, 0, 3), Shape.of(2, 3), Shape.of(2)),
                        shapes(Shape.of(5, 3), Shape.of(2, 3)),
                        shapes(Shape.of(2, 1, 4), Shape.of(3, 4)),
                        shapes(Shape.of(4, 0), Shape.of(2, 0))),
                values -> {
                    int out = values.size();
                    var x = values.shape(1);
                    var weight = Shape.of(out, x.dim(-1));
                    return values.chance(0.3) ? shapes(x, weight) : shapes(x, weight, Shape.of(out));
                },
                (o, x, shapes) -> affine(x[0], x[1], bias(x, shapes), shapes))
                .within((o, x, shapes) -> bound(
                        shapes[0].dim(-1) + 1,
                        affine(magnitudes(x[0]), magnitudes(x[1]), magnitudes(bias(x, shapes)), shapes)))
                .refuses(
                        new OpCase.Refusal(op, Shape.of(2, 3)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(4, 3), Shape.of(4), Shape.of(4)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(3, 4)),
                        new OpCase.Refusal(op, Shape.scalar(), Shape.of(4, 3), Shape.of(4)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(3, 4), Shape.of(3)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(3), Shape.of(3)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(4, 3), Shape.of(3)),
                        new OpCase.Refusal(op, Shape.of(2, 3), Shape.of(4, 3), Shape.of(4, 1)));
    }

    private static double[] bias(double[][] x, Shape... shapes) {
        return x.length == 3 ? x[2] : new double[shapes[1].dim(0)];
    }

    private static double[] affine(double[] x, double[] w, double[] b, Shape... shapes) {
        int in = shapes[1].dim(1);
        int out = shapes[1].dim(0);
        int[] dims = shapes[0].dims();
        dims[dims.length - 1] = out;
        return Index.fill(Shape.of(dims), index -> {
            int unit = index[index.length - 1];
            int[] at = index.clone();
            double sum = b[unit];
            for (int i = 0; i < in; i++) {
                at[at.length - 1] = i;
                sum += x[Index.flat(at, shapes[0])] * w[unit * in + i];
            }
            return sum;
        });
    }

    private static Shape[] shapes(Shape... shapes) {
        return shapes;
    }

    private static double[] magnitudes(double[] x) {
        return Arrays.stream(x).map(Math::abs).toArray();
    }

    /** γ_k·|A||B| with γ_k ≈ k·u, for every order of summation (Higham 2002, section 3.5). */
    private static double[] bound(int k, double[] product) {
        return Arrays.stream(product).map(sum -> 1.01 * k * U * sum).toArray();
    }
}
