package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * The sizes of a value, as far as they are known before anything is computed. Where nothing is known, not even the
 * number of axes, there is no {@code Dims}.
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

    /** The number of elements between two axes; empty if that is no multiple of one open size. */
    public Optional<Dim> count(int from, int to) {
        var product = Optional.of(Dim.of(1));
        for (int axis = from; axis < to; axis++) {
            var size = all.get(axis);
            product = product.flatMap(before -> before.times(size));
        }
        return product;
    }

    /** The sizes as numbers; empty if one is open. */
    public Optional<Shape> shape() {
        return all.stream().allMatch(Dim::isKnown)
                ? Optional.of(Shape.of(all.stream().mapToInt(dim -> Math.toIntExact(dim.factor())).toArray()))
                : Optional.empty();
    }

    /** What two values have together, as NumPy broadcasts; empty where open sizes might differ. */
    public static Optional<Dims> broadcast(Dims a, Dims b) {
        int rank = Math.max(a.rank(), b.rank());
        var all = new ArrayList<Dim>();
        for (int i = 0; i < rank; i++) {
            var left = i < rank - a.rank() ? Dim.of(1) : a.all.get(i - rank + a.rank());
            var right = i < rank - b.rank() ? Dim.of(1) : b.all.get(i - rank + b.rank());
            common(left, right).ifPresent(all::add);
        }
        return all.size() == rank ? Optional.of(new Dims(all)) : Optional.empty();
    }

    /** What two values have together that may themselves not be known. */
    public static Optional<Dims> broadcast(Optional<Dims> a, Optional<Dims> b) {
        return a.flatMap(left -> b.flatMap(right -> broadcast(left, right)));
    }

    private static Optional<Dim> common(Dim a, Dim b) {
        if (a.equals(b) || b.is(1)) {
            return Optional.of(a);
        }
        if (a.is(1) || b.isKnown()) {
            return Optional.of(a.isKnown() && !a.is(1) ? mismatch(a, b) : b);
        }
        // an open size beside a number above 1 must be that number, or 1
        return a.isKnown() ? Optional.of(a) : Optional.empty();
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
