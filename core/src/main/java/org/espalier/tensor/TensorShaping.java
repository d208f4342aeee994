package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a tensor's elements are arranged: shapes, axes, pieces, chosen elements. Axes may be negative, counting from the
 * innermost. The ops themselves are in {@link Movement} and {@link Indexing}.
 */
public sealed interface TensorShaping permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private int axis(String op, int axis) {
        return self().shape().axis(op, axis);
    }

    // ---- shapes: one line per operation (@formatter:off)

    /** Other sizes for the same elements; one of them may be −1, for what remains. */
    default Tensor reshape(int... dims) { return reshape(self().shape().refilled("reshape", dims)); }
    /** Another shape for the same elements. */
    default Tensor reshape(Shape to) {
        return to.equals(self().shape()) ? self() : Op.apply(new Movement.Reshape(to), self());
    }
    /** One axis for all elements. */
    default Tensor flatten() { return reshape(self().size()); }
    /** One axis in place of the axes from {@code from} to {@code to}, both included. */
    default Tensor flatten(int from, int to) { return reshape(self().shape().flattened("flatten", from, to)); }
    /** Without the given axes, which must have size 1; without any, all axes of size 1 disappear. */
    default Tensor squeeze(int... axes) { return reshape(self().shape().squeezed("squeeze", axes)); }
    /** A new axis of size 1, which becomes number {@code axis}. */
    default Tensor unsqueeze(int axis) { return reshape(self().shape().widened("unsqueeze", axis)); }
    /** Exchanges the last two axes; costs nothing where a matrix product follows. */
    default Tensor transpose() { return Op.apply(new Movement.Transpose(), self()); }
    /** The axes in another order: axis i of the result is axis order[i] of this. */
    default Tensor permute(int... order) { return Movement.permuted(self(), order); }
    /** One axis moved to another place; the others keep their order. */
    default Tensor moveAxis(int from, int to) { return Movement.moved(self(), from, to); }
    /** Repeats axes of size 1 (and new outer axes) up to a larger shape: broadcasting by hand. */
    default Tensor expand(Shape to) {
        return to.equals(self().shape()) ? self() : Op.apply(new Movement.Expand(to), self());
    }
    /** The whole tensor repeated along each axis; further repeats are for new outer axes. */
    default Tensor tile(int... repeats) { return Movement.tiled(self(), repeats); }

    // ---- pieces

    /** Elements [from, to) of an axis. */
    default Tensor slice(int axis, int from, int to) {
        return Op.apply(new Movement.Slice(axis("slice", axis), from, to), self());
    }
    /** Every {@code step}-th element of [from, to) of an axis; with a negative step backwards from {@code from}. */
    default Tensor slice(int axis, int from, int to, int step) {
        return gather(axis, Indexing.range("slice", self().shape(), axis("slice", axis), from, to, step));
    }
    /** The element at an index of an axis, which disappears. */
    default Tensor select(int axis, int index) { return slice(axis, index, index + 1).squeeze(axis("select", axis)); }
    /** The elements along axes in the opposite order. */
    default Tensor flip(int... axes) {
        var flipped = self();
        for (int axis : self().shape().axes("flip", axes)) {
            flipped = flipped.slice(axis, self().dim(axis) - 1, -1, -1);
        }
        return flipped;
    }
    /** Consecutive pieces of an axis, whose sizes add up to its size. */
    default List<Tensor> split(int axis, int... sizes) {
        long total = Arrays.stream(sizes).asLongStream().sum();
        if (total != self().dim(axis("split", axis)) || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw ShapeException.of("split", "sizes " + Arrays.toString(sizes) + " are not those of axis " + axis,
                    self().shape());
        }
        var pieces = new ArrayList<Tensor>();
        int from = 0;
        for (int size : sizes) {
            pieces.add(slice(axis, from, from += size));
        }
        return List.copyOf(pieces);
    }
    /** Zeros before and after an axis. */
    default Tensor pad(int axis, int before, int after) {
        return Op.apply(new Movement.Pad(axis("pad", axis), before, after), self());
    }
    /** One value before and after an axis. */
    default Tensor pad(int axis, int before, int after, float value) {
        var shape = self().shape();
        return Tensor.concat(axis("pad", axis), Tensor.full(shape.with(axis, before), value), self(),
                Tensor.full(shape.with(axis, after), value));
    }

    // ---- chosen elements; repeated indices are allowed, and their gradients are added

    /** Rows of an axis: index i of the result's axis is index indices[i] of this. */
    default Tensor gather(int axis, int... indices) {
        return Op.apply(new Indexing.Gather(axis("gather", axis), indices), self());
    }
    /** Elements by their row-major numbers, in another shape. */
    default Tensor take(Shape to, int... indices) { return Op.apply(new Indexing.Take(to, indices), self()); }
    /**
     * For each place of {@code shape} the element at that place but for the axis, where the index, row-major, says
     * which; a negative one counts from the end.
     */
    default Tensor gatherElements(int axis, Shape shape, int... indices) {
        return take(shape, Indexing.places("gatherElements", self().shape(), axis, shape, indices));
    }
    /** This with the elements that {@link #gatherElements} would read replaced; the last of several values counts. */
    default Tensor scatterElements(int axis, Tensor values, int... indices) {
        return Indexing.replaced(self(),
                Indexing.places("scatterElements", self().shape(), axis, values.shape(), indices), values);
    }
    /** This with values added to the elements that {@link #gatherElements} would read. */
    default Tensor scatterAdd(int axis, Tensor values, int... indices) {
        int[] places = Indexing.places("scatterAdd", self().shape(), axis, values.shape(), indices);
        return self().plus(Op.apply(new Indexing.PutAdd(self().shape(), places), values));
    }
    // @formatter:on
}
