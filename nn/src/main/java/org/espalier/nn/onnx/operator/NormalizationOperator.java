package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that scale and shift by what the elements, or statistics beside them, say. */
public final class NormalizationOperator {
    private static final float EPSILON = 1e-5f;

    private NormalizationOperator() {}

    static void register(Operators all) {
        all.add("BatchNormalization", 5, NormalizationOperator::batch);
        all.add("LayerNormalization", 2, 3, attributes -> layer(attributes, true));
        all.add("RMSNormalization", 2, attributes -> layer(attributes, false));
        all.add("InstanceNormalization", 3, attributes -> {
            attributes.ignore("consumed_inputs");
            return new Instance(attributes.real("epsilon", EPSILON));
        });
        all.add("LpNormalization", 1, attributes -> new Lp(attributes.integer("axis", -1), attributes.integer("p", 2)));
        all.add("MeanVarianceNormalization", 1, attributes -> {
            return new Standard(attributes.integers("axes").orElse(new long[] {0, 2, 3}));
        });
    }

    private static Operator batch(Attributes attributes) {
        String remedy = "; export the model in eval mode";
        attributes.require("training_mode", 0, remedy);
        attributes.ignore("consumed_inputs", "momentum");
        if (attributes.has("is_test")) {
            attributes.require("is_test", 1, remedy);
        }
        attributes.require("spatial", 1, ": its statistics are those of single features");
        if (attributes.output() > 0) {
            throw new IllegalArgumentException("its running statistics are results of training" + remedy);
        }
        return new Batch(attributes.real("epsilon", EPSILON), 1 - attributes.real("momentum", 0.9f));
    }

    private static Operator layer(Attributes attributes, boolean centered) {
        attributes.require("stash_type", 1, "");
        return new Layer(attributes.integer("axis", -1), attributes.real("epsilon", EPSILON), centered,
                attributes.output());
    }

    /** One value per channel, which is axis 1, in a shape that broadcasts against {@code rank} axes. */
    private static Tensor perChannel(Tensor values, int rank) {
        int[] dims = new int[Math.max(rank - 1, 1)];
        Arrays.fill(dims, 1);
        dims[0] = values.size();
        return values.reshape(Shape.of(dims));
    }

    /**
     * By statistics given beside the input: (x − mean) / √(variance + ε) · scale + bias, per channel.
     *
     * @param epsilon ε
     * @param momentum the fraction that a training batch has in the running statistics
     */
    public record Batch(float epsilon, float momentum) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var deviation = perChannel(in.tensor(4).plus(epsilon).sqrt(), x.rank());
            return x.minus(perChannel(in.tensor(3), x.rank()))
                    .div(deviation)
                    .times(perChannel(in.tensor(1), x.rank()))
                    .plus(perChannel(in.tensor(2), x.rank()));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 2);
        }
    }

    /**
     * By the mean and the variance of the axes from one on, or by their mean square alone.
     *
     * @param axis the first of the axes
     * @param epsilon ε
     * @param centered whether the mean is subtracted
     * @param output 0 for the value, 1 for the mean, 2 for the reciprocal of the standard deviation
     */
    public record Layer(long axis, float epsilon, boolean centered, int output) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int[] axes = IntStream.range(Dims.axis(axis, x.rank()), x.rank()).toArray();
            if (output == 1) {
                return x.mean(true, axes);
            }
            if (output == 2) {
                return x.center(axes).square().mean(true, axes).plus(epsilon).sqrt().reciprocal();
            }
            var normal = centered
                    ? x.normalize(epsilon, axes)
                    : x.div(x.square().mean(true, axes).plus(epsilon).sqrt());
            var value = normal.times(in.tensor(1));
            return in.has(2) ? value.plus(in.tensor(2)) : value;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return output == 0 ? in.dims(0) : in.dims(0).map(all -> all.edited(dims -> {
                dims.subList(all.axis(axis), dims.size()).replaceAll(dim -> Dim.of(1));
                return dims;
            }));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 1) && RowAxes.notAlong(in, axis);
        }
    }

    /** Each channel of each sample to mean 0 and variance 1. */
    record Instance(float epsilon) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            return x.normalize(epsilon, IntStream.range(2, x.rank()).toArray())
                    .times(perChannel(in.tensor(1), x.rank()))
                    .plus(perChannel(in.tensor(2), x.rank()));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 2);
        }
    }

    /** Divides by the 1-norm or the 2-norm along an axis. */
    record Lp(long axis, long power) implements SameShape {
        Lp {
            if (power != 1 && power != 2) {
                throw new IllegalArgumentException("p = " + power + " is not supported, only 1 and 2");
            }
        }

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var kind = power == 1 ? ReductionOperator.Kind.L1 : ReductionOperator.Kind.L2;
            return x.div(kind.of(x, Dims.axis(axis, x.rank())));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.notAlong(in, axis);
        }
    }

    /** To mean 0 and variance 1 over some axes. */
    record Standard(long... axes) implements SameShape {
        private static final float SMALL = 1e-9f;

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int[] over = Arrays.stream(axes).mapToInt(axis -> Dims.axis(axis, x.rank())).toArray();
            var middle = x.center(over);
            return middle.div(middle.square().mean(true, over).sqrt().plus(SMALL));
        }

        @Override
        public boolean keepsRows(Facts in) {
            return Arrays.stream(axes).noneMatch(axis -> in.known(0).axis(axis) == 0);
        }
    }
}
