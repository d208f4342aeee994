package org.espalier.tensor;

import java.util.Locale;

/** Prints tensors as nested brackets, long axes shortened to their first and last elements. */
final class TensorFormat {
    private static final int WHOLE = 1000;
    private static final int EDGE = 3;

    private TensorFormat() {}

    static String format(Tensor tensor) {
        var text = new StringBuilder("Tensor").append(tensor.shape()).append(' ');
        append(text, tensor, 0, 0, tensor.size() > WHOLE);
        return text.toString();
    }

    private static void append(StringBuilder text, Tensor tensor, int axis, int offset, boolean shorten) {
        if (axis == tensor.rank()) {
            text.append(number(tensor.array()[offset]));
            return;
        }
        int n = tensor.dim(axis);
        int stride = tensor.shape().span(axis + 1, tensor.rank());
        text.append('[');
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                text.append(axis < tensor.rank() - 1 ? ",\n " + " ".repeat(axis) : ", ");
            }
            if (shorten && n > 2 * EDGE && i == EDGE) {
                text.append("…");
                i = n - EDGE - 1;
                continue;
            }
            append(text, tensor, axis + 1, offset + i * stride, shorten);
        }
        text.append(']');
    }

    private static String number(float value) {
        boolean plain = value == 0 || Math.abs(value) >= 1e-3f && Math.abs(value) < 1e6f || !Float.isFinite(value);
        return plain ? String.format(Locale.ROOT, "%.4f", value) : String.format(Locale.ROOT, "%.4e", value);
    }
}
