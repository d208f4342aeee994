package org.espalier.tensor;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;

/** Samples and references of the {@link Normalization} ops. */
final class NormalizationCases {
    private NormalizationCases() {}

    static List<OpCase<?>> all() {
        return List.of(
                along(Normalization.Center.class, (values, axis) -> new Normalization.Center(axis)),
                along(Normalization.Normalize.class,
                        (values, axis) -> new Normalization.Normalize(axis, values.oneOf(0.1f, 1))));
    }

    private static <O extends Normalization> OpCase<O> along(
            Class<O> type, BiFunction<Values, Integer, O> maker) {
        var values = new Values(1);
        return new OpCase<O>(
                type,
                (v, shapes) -> maker.apply(v, v.below(shapes[0].rank())),
                Values.EDGES.stream().filter(edge -> edge.rank() > 0).map(edge -> new Shape[] {edge}).toList(),
                v -> new Shape[] {v.shape(1)},
                (op, x, shapes) -> Index.fill(shapes[0], index -> {
                    double mean = mean(op, x[0], shapes[0], index, each -> each);
                    double deviation = x[0][Index.flat(index, shapes[0])] - mean;
                    double variance = mean(op, x[0], shapes[0], index, each -> (each - mean) * (each - mean));
                    return op instanceof Normalization.Normalize normalize
                            ? deviation / Math.sqrt(variance + normalize.epsilon())
                            : deviation;
                }))
                .refuses(
                        new OpCase.Refusal(maker.apply(values, 0)),
                        new OpCase.Refusal(maker.apply(values, 0), Shape.of(2), Shape.of(2)),
                        new OpCase.Refusal(maker.apply(values, 0), Shape.scalar()),
                        new OpCase.Refusal(maker.apply(values, 2), Shape.of(2, 3)),
                        new OpCase.Refusal(maker.apply(values, -1), Shape.of(2, 3)));
    }

    /** The mean of a function of the elements along the op's axis through an index. */
    private static double mean(Normalization op, double[] x, Shape shape, int[] index, DoubleUnaryOperator f) {
        double sum = 0;
        int[] at = index.clone();
        int n = shape.dim(op.axis());
        for (int i = 0; i < n; i++) {
            at[op.axis()] = i;
            sum += f.applyAsDouble(x[Index.flat(at, shape)]);
        }
        return sum / n;
    }
}
