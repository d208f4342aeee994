package org.espalier.nn.onnx.operator;

import org.espalier.tensor.Tensor;

/**
 * Running sums along an axis.
 *
 * @param exclusive whether an element's own value is left out of its sum
 * @param reverse whether the sums begin at the end
 */
public record Running(boolean exclusive, boolean reverse) implements SameShape {
    static void register(Operators all) {
        all.add("CumSum", 2,
                attributes -> new Running(attributes.flag("exclusive", false), attributes.flag("reverse", false)));
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        int axis = Dims.axis(in.integer(1), x.rank());
        var forward = reverse ? x.flip(axis) : x;
        int size = x.dim(axis);
        // without its own value: the sum before, and 0 at first
        var sums = exclusive && size > 0
                ? forward.slice(axis, 0, size - 1).cumsum(axis).pad(axis, 1, 0)
                : forward.cumsum(axis);
        return Exact.checked(reverse ? sums.flip(axis) : sums, in.type(0));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.numbers(1).filter(axis -> axis.length == 1 && RowAxes.notAlong(in, axis[0])).isPresent();
    }
}
