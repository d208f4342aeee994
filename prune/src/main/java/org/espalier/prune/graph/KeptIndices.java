package org.espalier.prune.graph;

import java.util.stream.IntStream;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Which indices of a tensor are left along each of its axes: how a parameter, its mask and its optimizer moments become
 * smaller together. An immutable value.
 */
public final class KeptIndices {
    private final Shape before;
    private final int[][] kept;

    KeptIndices(Shape before, int[]... kept) {
        this.before = before;
        this.kept = kept;
    }

    static KeptIndices all(Shape before) {
        return new KeptIndices(
                before,
                IntStream.range(0, before.rank())
                        .mapToObj(axis -> IntStream.range(0, before.dim(axis)).toArray())
                        .toArray(int[][]::new));
    }

    static KeptIndices none(Shape before) {
        return new KeptIndices(before, new int[before.rank()][0]);
    }

    /** What is left after this and then another. */
    KeptIndices then(KeptIndices next) {
        var both = new int[kept.length][];
        for (int axis = 0; axis < both.length; axis++) {
            int[] first = kept[axis];
            both[axis] = IntStream.of(next.kept[axis]).map(i -> first[i]).toArray();
        }
        return new KeptIndices(before, both);
    }

    /** The shape before. */
    public Shape before() {
        return before;
    }

    /** The shape of what is left. */
    public Shape after() {
        return Shape.of(IntStream.range(0, kept.length).map(axis -> kept[axis].length).toArray());
    }

    /** The indices left along an axis, ascending; a copy. */
    public int[] along(int axis) {
        return kept[axis].clone();
    }

    /** Whether everything is left. */
    public boolean all() {
        return after().equals(before);
    }

    /** Whether nothing is left: the parameter went with its block. */
    public boolean isEmpty() {
        return after().size() == 0 && before.size() > 0;
    }

    /** The elements left of a tensor of the former shape, their bits unchanged. */
    public Tensor of(Tensor tensor) {
        require(tensor.shape());
        var left = tensor;
        for (int axis = 0; axis < kept.length; axis++) {
            left = left.dim(axis) == kept[axis].length ? left : left.gather(axis, kept[axis]);
        }
        return left;
    }

    /** The elements left of a mask of the former shape. */
    public Mask of(Mask mask) {
        require(mask.shape());
        var after = after();
        return Mask.of(after, element -> {
            int rest = element;
            int old = 0;
            int stride = 1;
            for (int axis = kept.length - 1; axis >= 0; axis--) {
                old += kept[axis][rest % kept[axis].length] * stride;
                rest /= kept[axis].length;
                stride *= before.dim(axis);
            }
            return mask.keeps(old);
        });
    }

    private void require(Shape shape) {
        if (!shape.equals(before)) {
            throw new ShapeException("shrink: " + shape + " is not the former shape " + before);
        }
    }

    /** For example {@code [300, 784] → [120, 500]}. */
    @Override
    public String toString() {
        return before + " → " + after();
    }
}
