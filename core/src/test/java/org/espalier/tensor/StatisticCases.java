package org.espalier.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** Samples and references of the {@link Statistic} ops. */
final class StatisticCases {
    private StatisticCases() {}

    private interface Maker<O> {
        O make(Values values, int[] axes, boolean keepDims, int count);
    }

    static List<OpCase<?>> all() {
        return List.of(
                fold(Statistic.Mean.class, (v, axes, keep, n) -> new Statistic.Mean(axes, keep),
                        (op, x) -> mean(x)),
                fold(Statistic.Variance.class,
                        (v, axes, keep, n) -> new Statistic.Variance(axes, keep, correction(v, n)),
                        (op, x) -> variance(x, op.correction())),
                fold(Statistic.Deviation.class,
                        (v, axes, keep, n) -> new Statistic.Deviation(axes, keep, correction(v, n), v.oneOf(0.01f, 1)),
                        (op, x) -> Math.sqrt(variance(x, op.correction()) + op.epsilon())),
                fold(Statistic.Norm.class, (v, axes, keep, n) -> new Statistic.Norm(axes, keep),
                        (op, x) -> Math.sqrt(x.stream().mapToDouble(each -> each * each).sum()))
                        .on(UnaryCases.awayFrom(0)));
    }

    /** One degree of freedom less, where that leaves any. */
    private static int correction(Values values, int count) {
        return count > 1 ? values.below(2) : 0;
    }

    private static double mean(List<Double> x) {
        return x.stream().mapToDouble(each -> each).sum() / x.size();
    }

    private static double variance(List<Double> x, int correction) {
        double mean = mean(x);
        return x.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum() / (x.size() - correction);
    }

    private static <O extends Statistic> OpCase<O> fold(
            Class<O> type, Maker<O> maker, ToDoubleBiFunction<O, List<Double>> formula) {
        var values = new Values(1);
        return new OpCase<O>(
                type,
                (v, shapes) -> {
                    int[] axes = v.axes(shapes[0].rank());
                    int count = 1;
                    for (int axis : axes) {
                        count *= shapes[0].dim(axis);
                    }
                    return maker.make(v, axes, v.chance(0.5), count);
                },
                Values.EDGES.stream().map(edge -> new Shape[] {edge}).toList(),
                v -> new Shape[] {v.shape(0)},
                (op, x, shapes) -> reduce(op, x[0], shapes[0], formula))
                .refuses(
                        new OpCase.Refusal(maker.make(values, new int[0], false, 1)),
                        new OpCase.Refusal(maker.make(values, new int[0], false, 1), Shape.of(2), Shape.of(2)),
                        new OpCase.Refusal(maker.make(values, new int[] {0}, false, 1), Shape.scalar()),
                        new OpCase.Refusal(maker.make(values, new int[] {0, 2}, true, 1), Shape.of(4, 5)));
    }

    private static <O extends Statistic> double[] reduce(
            O op, double[] x, Shape shape, ToDoubleBiFunction<O, List<Double>> formula) {
        int[] keptDims = shape.dims();
        for (int axis : op.axes()) {
            keptDims[axis] = 1;
        }
        var kept = Shape.of(keptDims);
        var groups = new ArrayList<List<Double>>();
        for (int i = 0; i < kept.size(); i++) {
            groups.add(new ArrayList<>());
        }
        for (int i = 0; i < x.length; i++) {
            groups.get(Index.flat(Index.of(i, shape), kept)).add(x[i]);
        }
        return groups.stream().mapToDouble(group -> formula.applyAsDouble(op, group)).toArray();
    }
}
