package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * The sizes of a value, as far as they are known before anything is computed. Where nothing is known, not even the
 * number of axes, there is no {@code Dims}: rules take and give null.
 *
 * @param all from the outermost axis to the innermost
 */
public record Dims(List<Dim> all) {
    /** Copies the list. */
    public Dims {
        all = List.copyOf(all);
    }

    /** The sizes of a tensor that is there. */
    public static Dims of(Shape shape) {
        return new Dims(Arrays.stream(shape.dims()).mapToObj(Dim::of).toList());
    }

    /** These sizes. */
    public static Dims of(Dim... all) {
        return new Dims(List.of(all));
    }

    /** How many axes there are. */
    public int rank() {
        return all.size();
    }

    /** Number of an axis that may count from the innermost. */
    public int axis(long axis) {
        return axis(axis, rank());
    }

    /** Number of an axis that may count from the innermost, among {@code rank} of them. */
    public static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new ShapeException("there is no axis " + axis + " among " + rank);
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The size along an axis, which may count from the innermost. */
    public Dim get(long axis) {
        return all.get(axis(axis));
    }

    /** With another size along an axis. */
    public Dims with(int axis, Dim dim) {
        return edited(dims -> {
            dims.set(axis, dim);
            return dims;
        });
    }

    /** A copy after a change of its list. */
    public Dims edited(UnaryOperator<List<Dim>> change) {
        return new Dims(change.apply(new ArrayList<>(all)));
    }

    /** The number of elements between two axes, or null if that is no multiple of one open size. */
    public Dim count(int from, int to) {
        Dim product = Dim.of(1);
        for (int axis = from; axis < to && product != null; axis++) {
            product = product.times(all.get(axis));
        }
        return product;
    }

    /** The sizes as numbers, or null if one is open. */
    public Shape shape() {
        var sizes = new int[rank()];
        for (int i = 0; i < sizes.length; i++) {
            if (!all.get(i).isKnown()) {
                return null;
            }
            sizes[i] = Math.toIntExact(all.get(i).factor());
        }
        return Shape.of(sizes);
    }

    /** What two values have together, as NumPy broadcasts; null if one is unknown, or where open sizes might differ. */
    public static Dims broadcast(Dims a, Dims b) {
        if (a == null || b == null) {
            return null;
        }
        int rank = Math.max(a.rank(), b.rank());
        var all = new ArrayList<Dim>();
        for (int i = 0; i < rank; i++) {
            var left = i < rank - a.rank() ? Dim.of(1) : a.all.get(i - rank + a.rank());
            var right = i < rank - b.rank() ? Dim.of(1) : b.all.get(i - rank + b.rank());
            var common = common(left, right);
            if (common == null) {
                return null;
            }
            all.add(common);
        }
        return new Dims(all);
    }

    private static Dim common(Dim a, Dim b) {
        if (a.equals(b) || b.is(1)) {
            return a;
        }
        if (a.is(1) || b.isKnown()) {
            return a.isKnown() && !a.is(1) ? mismatch(a, b) : b;
        }
        // an open size beside a number above 1 must be that number, or 1
        return a.isKnown() ? a : null;
    }

    private static Dim mismatch(Dim a, Dim b) {
        throw new ShapeException(
                "sizes " + a + " and " + b + " do not broadcast: they must be equal, or one of them 1");
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
