package org.espalier.nn.onnx.operator;

import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Tensor;

/** Preprocessing of the domain of classical machine learning. */
public final class Scaling {
    private Scaling() {}

    static void register(Operators all) {
        all.addMl("Scaler", attributes -> new Scaler(attributes.reals("offset").orElse(null),
                attributes.reals("scale").orElse(null)));
        all.addMl("Binarizer", attributes -> new Binarizer(attributes.real("threshold", 0)));
        all.addMl("Normalizer", attributes -> new Normalizer(attributes.text("norm", "MAX")));
        all.addMl("Imputer", Scaling::imputer);
    }

    private static Operator imputer(Attributes attributes) {
        float[] reals = attributes.reals("imputed_value_floats").orElse(null);
        long[] integers = attributes.integers("imputed_value_int64s").orElse(null);
        if (reals != null) {
            attributes.ignore("replaced_value_int64");
            return new Imputer(attributes.real("replaced_value_float", 0), reals);
        }
        if (integers == null) {
            throw new IllegalArgumentException("it does not say by what it replaces missing values");
        }
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers[i];
        }
        attributes.ignore("replaced_value_float");
        return new Imputer(attributes.integer("replaced_value_int64", 0), values);
    }

    /** Result of float32 and the shape of the input, row by row. */
    private interface RowByRow extends Operator {
        @Override
        default DType type(Facts in) {
            return DType.F32;
        }

        @Override
        default Optional<Dims> dims(Facts in) {
            return in.dims(0);
        }

        @Override
        default boolean keepsRows(Facts in) {
            return in.known(0).rank() > 1;
        }
    }

    /**
     * (x − offset)·scale, each one number or one per feature.
     *
     * @param offset what is subtracted
     * @param scale the factors
     */
    public record Scaler(float[] offset, float[] scale) implements RowByRow {
        /** Fills in what is not given. */
        public Scaler {
            offset = offset == null ? new float[] {0} : offset;
            scale = scale == null ? new float[] {1} : scale;
        }

        @Override
        public Tensor value(Operands in) {
            return in.tensor(0).minus(Tensor.vector(offset)).times(Tensor.vector(scale));
        }
    }

    /** 1 above a threshold, otherwise 0. */
    record Binarizer(float threshold) implements RowByRow {
        @Override
        public Tensor value(Operands in) {
            return in.tensor(0).greater(threshold);
        }

        @Override
        public DType type(Facts in) {
            return in.type(0);
        }
    }

    /** Divides each row by its norm; a norm of 0 leaves the row as it is. */
    record Normalizer(String norm) implements RowByRow {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var size = switch (norm) {
                case "MAX" -> x.max(true, -1);
                case "L1" -> x.abs().sum(true, -1);
                case "L2" -> x.norm(true, -1);
                default -> throw new IllegalArgumentException("norm = \"" + norm + "\" is not supported");
            };
            return x.div(Tensor.where(size, size, Tensor.scalar(1)));
        }
    }

    /** Replaces a value, NaN for example, by one number or one per feature. */
    public record Imputer(float replaced, float... values) implements RowByRow {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var missing = Float.isNaN(replaced) ? x.isNaN() : x.equalTo(replaced);
            return Tensor.where(missing, Tensor.vector(values), x);
        }

        @Override
        public DType type(Facts in) {
            return in.type(0);
        }
    }
}
