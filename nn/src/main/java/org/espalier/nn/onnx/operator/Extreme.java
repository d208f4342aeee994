package org.espalier.nn.onnx.operator;

import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The index of the largest or smallest element along an axis: of several equal ones the first or the last. NaN counts
 * as both.
 *
 * @param largest whether the largest is meant
 * @param axis along which axis
 * @param keepDims whether it stays, with size 1
 * @param last whether the last of several is meant
 */
public record Extreme(boolean largest, long axis, boolean keepDims, boolean last) implements Operator {
    static void register(Operators all) {
        all.add("ArgMax", 1, attributes -> of(true, attributes));
        all.add("ArgMin", 1, attributes -> of(false, attributes));
    }

    private static Extreme of(boolean largest, Attributes attributes) {
        return new Extreme(largest, attributes.integer("axis", 0), attributes.flag("keepdims", true),
                attributes.flag("select_last_index", false));
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        int along = Dims.axis(axis, x.rank());
        int size = x.dim(along);
        if (size == 0) {
            throw new IllegalArgumentException("no largest or smallest element in the empty " + x.shape());
        }
        int[] dims = x.shape().dims();
        int inner = 1;
        for (int i = along + 1; i < dims.length; i++) {
            inner *= dims[i];
        }
        float[] elements = Storage.array(x);
        dims[along] = 1;
        var indices = new float[x.size() / size];
        for (int i = 0; i < indices.length; i++) {
            int begin = i / inner * size * inner + i % inner;
            int best = 0;
            for (int k = 1; k < size; k++) {
                best = beats(elements[begin + k * inner], elements[begin + best * inner]) ? k : best;
            }
            indices[i] = best;
        }
        var kept = Storage.adopt(Shape.of(dims), indices);
        return keepDims ? kept : kept.reshape(Axes.without(kept.shape(), along));
    }

    private boolean beats(float later, float best) {
        if (Float.isNaN(best)) {
            return last && Float.isNaN(later);
        }
        boolean better = largest ? later > best : later < best;
        return better || Float.isNaN(later) || last && later == best;
    }

    @Override
    public DType type(Facts in) {
        return DType.I64;
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        return new ReductionOperator(ReductionOperator.Kind.MAX, new long[] {axis}, keepDims, false).dims(in);
    }

    @Override
    public boolean keepsRows(Facts in) {
        return RowAxes.notAlong(in, axis);
    }
}
