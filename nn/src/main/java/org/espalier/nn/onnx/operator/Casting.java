package org.espalier.nn.onnx.operator;

import org.espalier.io.DType;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Operators that change the element type, or limit the elements. */
public final class Casting {
    private Casting() {}

    static void register(Operators all) {
        all.add("Cast", 1, attributes -> {
            attributes.ignore("saturate");
            return new Cast(type(attributes.integer("to", 0)));
        });
        all.add("CastLike", 2, attributes -> {
            attributes.ignore("saturate");
            return new Cast(null);
        });
        all.add("Clip", 1, 3, attributes -> {
            attributes.ignore("consumed_inputs");
            return new Clip(attributes.real("min", Float.NEGATIVE_INFINITY),
                    attributes.real("max", Float.POSITIVE_INFINITY));
        });
    }

    /** The type of a number of the format. */
    static DType type(long number) {
        return DType.ofOnnx(Math.clamp(number, 0, Integer.MAX_VALUE))
                .filter(DType::isDecodable)
                .orElseThrow(() -> new IllegalArgumentException("the element type " + number
                        + " is not supported, only floats of 16 to 64 bits, integers of 8 to 64 bits and booleans"));
    }

    /**
     * Another element type: what becomes an integer loses its fraction, what becomes a boolean is whether it is not 0.
     *
     * @param to the type, or null for that of the second input
     */
    public record Cast(DType to) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var type = to == null ? in.type(1) : to;
            var x = in.tensor(0);
            if (type.isFloat() || in.type(0) == type) {
                return x;
            }
            if (type == DType.BOOL) {
                return x.notEqualTo(0);
            }
            return Exact.checked(in.type(0).isFloat() ? x.truncate() : x, type);
        }

        @Override
        public DType type(Facts in) {
            return to == null ? in.type(1) : to;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0;
        }
    }

    /**
     * Elements limited to an interval.
     *
     * @param low its lower end, unless the second input says it
     * @param high its upper end, unless the third input says it
     */
    public record Clip(float low, float high) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var raised = in.has(1) ? x.maximum(limit(in, 1)) : low > Float.NEGATIVE_INFINITY ? low(x) : x;
            if (in.has(2)) {
                return raised.minimum(limit(in, 2));
            }
            return high < Float.POSITIVE_INFINITY ? raised.clip(Float.NEGATIVE_INFINITY, high) : raised;
        }

        private Tensor low(Tensor x) {
            return x.clip(low, Float.POSITIVE_INFINITY);
        }

        private static Tensor limit(Operands in, int input) {
            if (in.shape(input).size() != 1) {
                throw new IllegalArgumentException("its limits must be single numbers, not " + in.shape(input));
            }
            return Tensor.scalar(Storage.array(in.tensor(input))[0]);
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.ofFirst(in, 1);
        }
    }
}
