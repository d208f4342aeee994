package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.espalier.tensor.Tensor;

/**
 * A fold over some axes.
 *
 * @param kind which
 * @param axes over which axes, or null if an input gives them, or nothing does
 * @param keepDims whether they stay, with size 1
 * @param noneIsNothing whether no axes leave the input as it is, instead of being all of them
 */
public record ReductionOperator(Kind kind, long[] axes, boolean keepDims, boolean noneIsNothing) implements Operator {
    /** The folds. */
    public enum Kind {
        /** The sum. */
        SUM("ReduceSum", false, (x, axes) -> x.sum(true, axes)),
        /** The mean. */
        MEAN("ReduceMean", true, (x, axes) -> x.mean(true, axes)),
        /** The largest. */
        MAX("ReduceMax", false, (x, axes) -> x.max(true, axes)),
        /** The smallest. */
        MIN("ReduceMin", false, (x, axes) -> x.min(true, axes)),
        /** The product. */
        PROD("ReduceProd", false, (x, axes) -> x.prod(true, axes)),
        /** The sum of absolute values. */
        L1("ReduceL1", false, (x, axes) -> x.abs().sum(true, axes)),
        /** The root of the sum of squares. */
        L2("ReduceL2", true, (x, axes) -> x.norm(true, axes)),
        /** The sum of squares. */
        SUM_SQUARE("ReduceSumSquare", false, (x, axes) -> x.square().sum(true, axes)),
        /** The logarithm of the sum. */
        LOG_SUM("ReduceLogSum", true, (x, axes) -> x.sum(true, axes).log()),
        /** The logarithm of the sum of exponentials. */
        LOG_SUM_EXP("ReduceLogSumExp", true, (x, axes) -> {
            // finite, so that nothing becomes infinity minus infinity
            var largest = x.detach().max(true, axes).clip(-Float.MAX_VALUE, Float.MAX_VALUE);
            return x.minus(largest).exp().sum(true, axes).log().plus(largest);
        });

        private final String operator;
        private final boolean isFractional;

        private final BiFunction<Tensor, int[], Tensor> function;

        Kind(String operator, boolean isFractional, BiFunction<Tensor, int[], Tensor> function) {
            this.operator = operator;
            this.isFractional = isFractional;
            this.function = function;
        }

        /** The fold with the axes kept. */
        Tensor of(Tensor x, int... axes) {
            return function.apply(x, axes);
        }
    }

    static void register(Operators all) {
        for (var kind : Kind.values()) {
            all.add(kind.operator, 1, 2,
                    attributes -> new ReductionOperator(kind, attributes.integers("axes").orElse(null),
                            attributes.flag("keepdims", true), attributes.flag("noop_with_empty_axes", false)));
        }
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        int[] folded = folded(axes != null ? axes : in.has(1) ? in.integers(1) : new long[0], x.rank());
        if (folded.length == 0) {
            return x;
        }
        if (!in.type(0).isFloat() && kind.isFractional) {
            throw new IllegalArgumentException("the result for integers is not supported; cast them to float");
        }
        var value = Exact.checked(kind.of(x, folded), in.type(0));
        return keepDims ? value : value.reshape(Axes.without(value.shape(), folded));
    }

    private int[] folded(long[] given, int rank) {
        if (given.length == 0) {
            int[] every = new int[noneIsNothing ? 0 : rank];
            Arrays.setAll(every, i -> i);
            return every;
        }
        return Arrays.stream(given).mapToInt(axis -> Dims.axis(axis, rank)).sorted().distinct().toArray();
    }

    private Optional<int[]> folded(Facts in) {
        var given = axes != null || in.has(1) ? in.numbers(axes, 1) : Optional.of(new long[0]);
        return in.dims(0).flatMap(x -> given.map(all -> folded(all, x.rank())));
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        return folded(in).map(folded -> {
            List<Dim> left = new ArrayList<>();
            for (int axis = 0; axis < in.known(0).rank(); axis++) {
                if (Arrays.binarySearch(folded, axis) < 0) {
                    left.add(in.known(0).get(axis));
                } else if (keepDims) {
                    left.add(Dim.of(1));
                }
            }
            return new Dims(left);
        });
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.known(0).rank() > 0
                && folded(in).filter(folded -> folded.length == 0 || folded[0] > 0).isPresent();
    }
}
