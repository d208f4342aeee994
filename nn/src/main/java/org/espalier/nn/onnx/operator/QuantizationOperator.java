package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Operators between floats and the integer codes of low-bit arithmetic: x ≈ (code − zero point)·scale. */
public final class QuantizationOperator {
    private static final int SCALE = 1;
    private static final int ZERO = 2;

    private QuantizationOperator() {}

    static void register(Operators all) {
        all.add("QuantizeLinear", 2, 3, attributes -> {
            requireNoBlocks(attributes);
            long type = attributes.integer("output_dtype", 0);
            return new Quantize(attributes.integer("axis", 1), type == 0 ? null : Casting.type(type));
        });
        all.add("DequantizeLinear", 2, 3, attributes -> {
            requireNoBlocks(attributes);
            attributes.ignore("output_dtype");
            return new Dequantize(attributes.integer("axis", 1));
        });
        all.add("DynamicQuantizeLinear", 1, attributes -> new Dynamic(attributes.output()));
    }

    private static void requireNoBlocks(Attributes attributes) {
        attributes.require("block_size", 0, ": only one scale for all elements, or one for each slice of an axis");
        attributes.ignore("precision", "saturate");
    }

    /** A scale or zero point for each slice of an axis, in a shape that broadcasts. */
    private static Tensor along(long axis, Tensor values, int rank) {
        if (values.size() == 1) {
            return Tensor.scalar(Storage.array(values)[0]);
        }
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        dims[Dims.axis(axis, rank)] = values.size();
        return values.reshape(Shape.of(dims));
    }

    private static Tensor codes(Tensor scaled, Tensor zero, DType type) {
        if (Exact.highest(type) == Operand.EXACT || type.isFloat()) {
            throw new IllegalArgumentException("codes of type " + type + " are not supported, only of 8 and 16 bits");
        }
        return scaled.round().plus(zero).clip(Exact.lowest(type), Exact.highest(type));
    }

    /**
     * Floats to codes, rounded to the nearest, half to even.
     *
     * @param axis along which there are several scales, if there are
     * @param type of the codes, or null if the zero point has it
     */
    public record Quantize(long axis, DType type) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var code = in.has(ZERO) ? in.type(ZERO) : type == null ? DType.U8 : type;
            var zero = in.has(ZERO) ? along(axis, in.tensor(ZERO), x.rank()) : Tensor.scalar(0);
            return codes(x.div(along(axis, in.tensor(SCALE), x.rank())), zero, code);
        }

        @Override
        public DType type(Facts in) {
            return in.has(ZERO) ? in.type(ZERO) : type == null ? DType.U8 : type;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 1);
        }
    }

    /**
     * Codes to floats.
     *
     * @param axis along which there are several scales, if there are
     */
    public record Dequantize(long axis) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var centered = in.has(ZERO) ? x.minus(along(axis, in.tensor(ZERO), x.rank())) : x;
            return centered.times(along(axis, in.tensor(SCALE), x.rank()));
        }

        @Override
        public DType type(Facts in) {
            return in.type(SCALE);
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 1);
        }
    }

    /** Floats to codes by a scale of their own: output 0 the codes, 1 the scale, 2 the zero point. */
    record Dynamic(int output) implements Operator {
        private static final float LEVELS = 255;

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            float low = Math.min(0, x.negate().max().negate().item());
            float high = Math.max(0, x.max().item());
            float scale = (high - low) / LEVELS;
            float zero = scale == 0 ? 0 : (float) Math.rint(Math.clamp(-low / scale, 0, LEVELS));
            return switch (output) {
                case 0 -> codes(x.div(Tensor.scalar(scale == 0 ? 1 : scale)), Tensor.scalar(zero), DType.U8);
                case 1 -> Tensor.scalar(scale);
                default -> Tensor.scalar(zero);
            };
        }

        @Override
        public DType type(Facts in) {
            return output == 1 ? in.type(0) : DType.U8;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return output == 0 ? in.dims(0) : Optional.of(Dims.of());
        }
    }
}
