package org.espalier.nn.onnx.operator;

import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Running sums along an axis.
 *
 * @param exclusive whether an element's own value is left out of its sum
 * @param reverse whether the sums begin at the end
 */
public record Running(boolean exclusive, boolean reverse) implements Operator {
    static void register(Operators all) {
        all.add("CumSum", 2,
                attributes -> new Running(attributes.flag("exclusive", false), attributes.flag("reverse", false)));
    }

    @Override
    public Tensor value(Operands in) {
        int axis = Dims.axis(in.integer(1), in.shape(0).rank());
        return Exact.checked(Op.apply(new Sum(axis, exclusive, reverse), in.tensor(0)), in.type(0));
    }

    @Override
    public Dims dims(Facts in) {
        return in.dims(0);
    }

    @Override
    public boolean keepsRows(Facts in) {
        long[] axis = Axes.numbers(in.integers(1));
        return axis != null && axis.length == 1 && Rows.notAlong(in, axis[0]);
    }

    /** The running sums of a tensor. */
    private record Sum(int axis, boolean exclusive, boolean reverse) implements CustomOp {
        @Override
        public Shape shape(Shape... inputs) {
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = Storage.array(inputs[0]);
            int[] dims = inputs[0].shape().dims();
            int inner = 1;
            for (int i = axis + 1; i < dims.length; i++) {
                inner *= dims[i];
            }
            int size = dims[axis];
            for (int column = 0; column < (size == 0 ? 0 : out.length / size); column++) {
                int begin = column / inner * size * inner + column % inner;
                float sum = 0;
                for (int k = 0; k < size; k++) {
                    int at = begin + (reverse ? size - 1 - k : k) * inner;
                    float next = sum + x[at];
                    out[at] = exclusive ? sum : next;
                    sum = next;
                }
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new Sum(axis, exclusive, !reverse), g);
        }
    }
}
