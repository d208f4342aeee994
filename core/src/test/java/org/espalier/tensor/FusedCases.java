package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Samples and references of the {@link Fused} ops. */
final class FusedCases {
    private static final List<Shape[]> EDGES = List.of(
            one(Shape.of(1)), one(Shape.of(7)), one(Shape.of(0)), one(Shape.of(131)), one(Shape.of(3, 1)),
            one(Shape.of(2, 5)), one(Shape.of(0, 3)), one(Shape.of(3, 0)), one(Shape.of(2, 3, 4)),
            one(Shape.of(2, 1, 3, 2)));

    private FusedCases() {}

    static List<OpCase<?>> all() {
        return List.of(
                rows(Fused.Softmax.class, v -> new Fused.Softmax(), (op, row) -> softmax(row)),
                rows(Fused.LogSoftmax.class, v -> new Fused.LogSoftmax(), (op, row) -> logSoftmax(row)),
                rows(Fused.LogSumExp.class, v -> new Fused.LogSumExp(), (op, row) -> new double[] {logSumExp(row)}),
                crossEntropy(),
                cumulativeSum());
    }

    private interface Row<O> {
        double[] of(O op, double[] row);
    }

    private static <O extends Fused> OpCase<O> rows(Class<O> type, Function<Values, O> maker, Row<O> formula) {
        var op = maker.apply(new Values(1));
        return new OpCase<O>(
                type,
                (values, shapes) -> maker.apply(values),
                EDGES,
                values -> one(values.shape(1)),
                (o, x, shapes) -> eachRow(x[0], shapes[0], row -> formula.of(o, row)))
                .refuses(
                        new OpCase.Refusal(op),
                        new OpCase.Refusal(op, Shape.of(2), Shape.of(2)),
                        new OpCase.Refusal(op, Shape.scalar()));
    }

    private static OpCase<Fused.CrossEntropy> crossEntropy() {
        return new OpCase<>(
                Fused.CrossEntropy.class,
                (values, shapes) -> {
                    int rows = shapes[0].dim(0);
                    var labels = new int[rows];
                    Arrays.setAll(labels, row -> values.below(shapes[0].dim(1)));
                    return new Fused.CrossEntropy(labels, values.oneOf(0, 0.1f, 0.75f));
                },
                List.of(
                        one(Shape.of(1, 1)), one(Shape.of(0, 3)), one(Shape.of(0, 0)), one(Shape.of(5, 1)),
                        one(Shape.of(1, 10)), one(Shape.of(7, 10)), one(Shape.of(1, 131))),
                values -> one(Shape.of(values.size(), 1 + values.below(12))),
                FusedCases::crossEntropies)
                .refuses(
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {0}, 0)),
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {0}, 0), Shape.of(3)),
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {0, 1}, 0), Shape.of(3, 3)),
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {0, 3}, 0), Shape.of(2, 3)),
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {-1}, 0), Shape.of(1, 3)),
                        new OpCase.Refusal(new Fused.CrossEntropy(new int[] {0}, 0), Shape.of(1, 0)));
    }

    private static double[] crossEntropies(Fused.CrossEntropy op, double[][] x, Shape... shapes) {
        int classes = shapes[0].dim(1);
        var loss = new double[shapes[0].dim(0)];
        for (int row = 0; row < loss.length; row++) {
            double[] logs = logSoftmax(Arrays.copyOfRange(x[0], row * classes, (row + 1) * classes));
            for (int c = 0; c < classes; c++) {
                double q = op.smoothing() / classes + (c == op.labels()[row] ? 1 - op.smoothing() : 0);
                loss[row] -= q == 0 ? 0 : q * logs[c];
            }
        }
        return loss;
    }

    private static double[] eachRow(double[] x, Shape shape, UnaryOperator<double[]> formula) {
        int width = shape.dim(-1);
        int rows = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            rows *= shape.dim(axis);
        }
        var out = new double[0];
        for (int row = 0; row < rows; row++) {
            double[] result = formula.apply(Arrays.copyOfRange(x, row * width, (row + 1) * width));
            out = Arrays.copyOf(out, out.length + result.length);
            System.arraycopy(result, 0, out, out.length - result.length, result.length);
        }
        return out;
    }

    private static double largest(double[] row) {
        return Arrays.stream(row).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    private static double[] softmax(double[] row) {
        double max = largest(row);
        double[] e = Arrays.stream(row).map(x -> StrictMath.exp(x - max)).toArray();
        double sum = Arrays.stream(e).sum();
        return Arrays.stream(e).map(x -> x / sum).toArray();
    }

    private static double logSumExp(double[] row) {
        double max = largest(row);
        if (Double.isInfinite(max) || Double.isNaN(max)) {
            return max;
        }
        return max + StrictMath.log(Arrays.stream(row).map(x -> StrictMath.exp(x - max)).sum());
    }

    private static double[] logSoftmax(double[] row) {
        double max = largest(row);
        double log = StrictMath.log(Arrays.stream(row).map(x -> StrictMath.exp(x - max)).sum());
        return Arrays.stream(row).map(x -> x - max - log).toArray();
    }

    private static OpCase<Fused.CumulativeSum> cumulativeSum() {
        return new OpCase<>(
                Fused.CumulativeSum.class,
                (values, shapes) -> new Fused.CumulativeSum(values.below(shapes[0].rank()), values.chance(0.5)),
                EDGES,
                values -> one(values.shape(1)),
                (op, x, shapes) -> Index.fill(shapes[0], index -> {
                    double sum = 0;
                    int[] at = index.clone();
                    int from = op.reversed() ? index[op.axis()] : 0;
                    int to = op.reversed() ? shapes[0].dim(op.axis()) - 1 : index[op.axis()];
                    for (int i = from; i <= to; i++) {
                        at[op.axis()] = i;
                        sum += x[0][Index.flat(at, shapes[0])];
                    }
                    return sum;
                }))
                .refuses(
                        new OpCase.Refusal(new Fused.CumulativeSum(0, false)),
                        new OpCase.Refusal(new Fused.CumulativeSum(0, false), Shape.scalar()),
                        new OpCase.Refusal(new Fused.CumulativeSum(2, true), Shape.of(2, 3)),
                        new OpCase.Refusal(new Fused.CumulativeSum(-1, true), Shape.of(2, 3)));
    }

    private static Shape[] one(Shape shape) {
        return new Shape[] {shape};
    }
}
