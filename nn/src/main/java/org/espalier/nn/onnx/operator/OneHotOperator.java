package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Indices as vectors with one element on, along a new axis: inputs indices, depth, and the values of off and on. An
 * index that is not within [−depth, depth) has no element on.
 *
 * @param axis which axis of the result is new
 */
public record OneHotOperator(long axis) implements Operator {
    static void register(Operators all) {
        all.add("OneHot", 3, attributes -> new OneHotOperator(attributes.integer("axis", -1)));
    }

    @Override
    public Tensor value(Operands in) {
        float[] indices = Storage.array(in.tensor(0));
        float[] values = Storage.array(in.tensor(2));
        if (values.length != 2) {
            throw new IllegalArgumentException("its values must be two, of off and on, not " + in.shape(2));
        }
        if (in.shape(1).size() != 1) {
            throw new IllegalArgumentException("its depth must be one number, not " + in.shape(1));
        }
        int rank = in.shape(0).rank();
        double depth = Storage.array(in.tensor(1))[0];
        long[] dims = IntStream.range(0, rank + 1)
                .mapToLong(i -> i < rank ? in.shape(0).dim(i) : (long) depth)
                .toArray();
        var vectors = Growth.to(indices.length, dims);
        var out = new float[vectors.size()];
        Arrays.fill(out, values[0]);
        for (int i = 0; i < indices.length; i++) {
            double index = Math.rint(indices[i]) < 0 ? indices[i] + depth : indices[i];
            if (index >= 0 && index < depth) {
                out[i * (int) depth + (int) index] = values[1];
            }
        }
        int to = Dims.axis(axis, rank + 1);
        int[] order = IntStream.range(0, rank + 1).map(i -> i == to ? rank : i < to ? i : i - 1).toArray();
        return Storage.adopt(vectors, out).permute(order);
    }

    @Override
    public DType type(Facts in) {
        return in.type(2);
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        return in.integers(1).filter(depth -> depth.size() == 1).flatMap(depth -> in.dims(0).map(x -> x.edited(dims -> {
            dims.add(Dims.axis(axis, dims.size() + 1), depth.getFirst());
            return dims;
        })));
    }

    @Override
    public boolean keepsRows(Facts in) {
        int rank = in.known(0).rank();
        return in.isConstant(1) && in.isConstant(2) && rank > 0 && Dims.axis(axis, rank + 1) > 0;
    }
}
