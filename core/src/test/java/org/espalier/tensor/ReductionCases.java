package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;

/** Samples and references of the {@link Reduction} ops. */
final class ReductionCases {
    /** Half a unit in the last place of a float near 1. */
    private static final double U = 0x1p-24;

    private ReductionCases() {}

    static List<OpCase<?>> all() {
        return List.of(
                fold(Reduction.Sum.class, Reduction.Sum::new, 0, Double::sum).within(ReductionCases::bound),
                fold(Reduction.Max.class, Reduction.Max::new, Double.NEGATIVE_INFINITY, Math::max));
    }

    private static <O extends Reduction> OpCase<O> fold(
            Class<O> type, BiFunction<int[], Boolean, O> maker, double start, DoubleBinaryOperator formula) {
        return new OpCase<O>(
                type,
                (values, shapes) -> maker.apply(values.axes(shapes[0].rank()), values.chance(0.5)),
                Values.EDGES.stream().map(edge -> new Shape[] {edge}).toList(),
                values -> new Shape[] {values.shape(0)},
                (op, x, shapes) -> reduce(op, x[0], shapes[0], start, formula))
                .refuses(
                        new OpCase.Refusal(maker.apply(new int[0], false)),
                        new OpCase.Refusal(maker.apply(new int[0], false), Shape.of(2), Shape.of(2)),
                        new OpCase.Refusal(maker.apply(new int[] {0}, false), Shape.scalar()),
                        new OpCase.Refusal(maker.apply(new int[] {0, 2}, true), Shape.of(4, 5)));
    }

    private static double[] reduce(Reduction op, double[] x, Shape shape, double start, DoubleBinaryOperator formula) {
        int[] keptDims = shape.dims();
        for (int axis : op.axes()) {
            keptDims[axis] = 1;
        }
        var kept = Shape.of(keptDims);
        var out = new double[kept.size()];
        Arrays.fill(out, start);
        for (int i = 0; i < x.length; i++) {
            int to = Index.flat(Index.of(i, shape), kept);
            out[to] = formula.applyAsDouble(out[to], x[i]);
        }
        return out;
    }

    /** (n − 1)·u·Σ|x|, which holds for every order of summation (Higham 2002, section 4.2). */
    private static double[] bound(Reduction.Sum op, double[][] x, Shape... shapes) {
        double[] magnitudes = Arrays.stream(x[0]).map(Math::abs).toArray();
        double[] bound = reduce(op, magnitudes, shapes[0], 0, Double::sum);
        int n = bound.length == 0 ? 0 : shapes[0].size() / bound.length;
        return Arrays.stream(bound).map(sum -> 1.01 * n * U * sum).toArray();
    }
}
