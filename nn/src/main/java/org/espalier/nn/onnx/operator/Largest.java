package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The largest or smallest elements along an axis in order, of equal ones the first first; NaN counts as the largest.
 *
 * @param count how many, or −1 if an input says it
 * @param axis along which axis
 * @param largest whether the largest are meant
 * @param output 0 for the elements, 1 for their indices
 */
public record Largest(long count, long axis, boolean largest, int output) implements Operator {
    private static final int BY_INPUT = -1;

    static void register(Operators all) {
        all.add("TopK", 1, 2, attributes -> {
            attributes.ignore("sorted");
            return new Largest(attributes.integer("k", BY_INPUT), attributes.integer("axis", -1),
                    attributes.flag("largest", true), attributes.output());
        });
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        int along = Dims.axis(axis, x.rank());
        int last = x.rank() - 1;
        long k = count == BY_INPUT ? in.integer(1) : count;
        if (k < 0 || k > x.dim(along)) {
            throw new IllegalArgumentException("cannot take " + k + " of " + x.dim(along) + " elements");
        }
        var rows = x.moveAxis(along, last);
        int width = x.dim(along);
        float[] elements = Storage.array(rows);
        var to = rows.slice(last, 0, (int) k).shape();
        int[] places = new int[to.size()];
        for (int row = 0; row < places.length / Math.max(1, (int) k); row++) {
            int begin = row * width;
            Comparator<Integer> byValue = Comparator.comparing(i -> elements[begin + i]);
            int[] first = IntStream.range(0, width)
                    .boxed()
                    .sorted(largest ? byValue.reversed() : byValue)
                    .mapToInt(i -> begin + i)
                    .toArray();
            System.arraycopy(first, 0, places, row * (int) k, (int) k);
        }
        if (output == 1) {
            var indices = new float[places.length];
            Arrays.setAll(places, i -> places[i] % width);
            for (int i = 0; i < indices.length; i++) {
                indices[i] = places[i];
            }
            return Storage.adopt(to, indices).moveAxis(last, along);
        }
        return Picking.at(rows, places, to).moveAxis(last, along);
    }

    @Override
    public DType type(Facts in) {
        return output == 1 ? DType.I64 : in.type(0);
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        var k = count != BY_INPUT ? Optional.of(Dim.of(count)) : in.integers(1).map(List::getFirst);
        return in.dims(0).flatMap(x -> k.map(size -> x.with(x.axis(axis), size)));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return RowAxes.notAlong(in, axis);
    }
}
