package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Softmax and its relatives: along one axis since opset 13; before, along all axes from one on together.
 *
 * @param kind which
 * @param axis the axis, or the first of them
 * @param together whether the axes from there on are taken together
 */
public record SoftmaxOperator(Kind kind, long axis, boolean together) implements SameShape {
    private static final int ONE_AXIS_SINCE = 13;

    /** The relatives. */
    public enum Kind {
        /** eˣ / Σeˣ. */
        SOFTMAX("Softmax"),
        /** Its logarithm. */
        LOG_SOFTMAX("LogSoftmax"),
        /** 1 for the first of the largest elements, otherwise 0. */
        HARDMAX("Hardmax");

        private final String operator;

        Kind(String operator) {
            this.operator = operator;
        }
    }

    static void register(Operators all) {
        for (var kind : Kind.values()) {
            all.add(kind.operator, 1, attributes -> {
                boolean together = attributes.opset() < ONE_AXIS_SINCE;
                return new SoftmaxOperator(kind, attributes.integer("axis", together ? 1 : -1), together);
            });
        }
    }

    /** Whether it is along the innermost axis of a value of this rank, and no other. */
    public boolean isInnermost(int rank) {
        return rank > 0 && (axis == -1 || axis == rank - 1);
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        // before opset 13 the axis may be the rank itself: no axes together
        int first = together && axis == x.rank() ? x.rank() : Dims.axis(axis, x.rank());
        if (together) {
            int[] dims = x.shape().dims();
            int rows = Arrays.stream(dims, 0, first).reduce(1, (a, b) -> a * b);
            int columns = Arrays.stream(dims, first, dims.length).reduce(1, (a, b) -> a * b);
            return ofRows(x.reshape(Shape.of(rows, columns))).reshape(x.shape());
        }
        return ofRows(x.moveAxis(first, -1)).moveAxis(-1, first);
    }

    private Tensor ofRows(Tensor x) {
        return switch (kind) {
            case SOFTMAX -> x.softmax();
            case LOG_SOFTMAX -> x.logSoftmax();
            case HARDMAX -> hardmax(x);
        };
    }

    private static Tensor hardmax(Tensor x) {
        var largest = new Extreme(true, -1, false, false)
                .value(new Operands(Arrays.asList(new Operand.Computed(x, DType.F32))));
        float[] indices = Storage.array(largest);
        int width = x.dim(-1);
        var ones = new float[x.size()];
        for (int row = 0; row < indices.length; row++) {
            ones[row * width + (int) indices[row]] = 1;
        }
        return Storage.adopt(x.shape(), ones);
    }

    @Override
    public boolean keepsRows(Facts in) {
        return axis != in.known(0).rank() ? RowAxes.notAlong(in, axis) : axis > 0;
    }
}
