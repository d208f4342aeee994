package org.espalier.tensor;

import java.util.Arrays;

/**
 * The sizes of a tensor along each of its axes, outermost first. An immutable value; rank 0 is a scalar, and a size of
 * zero is allowed (the tensor is then empty). The number of elements always fits an {@code int}.
 *
 * {@snippet :
 * var batch = Shape.of(64, 784);
 * int features = batch.dim(-1);                                        // 784
 * Shape hidden = batch.with(-1, 300);                                  // [64, 300]
 * Shape sum = Shape.broadcast("add", hidden, Shape.of(300));           // [64, 300]
 * }
 */
public final class Shape {
    private static final Shape SCALAR = new Shape(new int[0], 1);

    private final int[] dims;
    private final int size;

    private Shape(int[] dims, int size) {
        this.dims = dims;
        this.size = size;
    }

    /**
     * The shape with these sizes.
     *
     * @throws ShapeException if a size is negative or there are more than 2³¹ − 1 elements
     */
    public static Shape of(int... dims) {
        if (dims.length == 0) {
            return SCALAR;
        }
        long size = 1;
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException("shape: negative size in " + Arrays.toString(dims));
            }
            empty |= dim == 0;
            size = Math.min(size * dim, 1L << 31);
        }
        if (size > Integer.MAX_VALUE && !empty) {
            throw new ShapeException("shape: " + Arrays.toString(dims) + " has more than 2^31 - 1 elements");
        }
        return new Shape(dims.clone(), empty ? 0 : (int) size);
    }

    /** The shape of a scalar: rank 0, one element. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** How many axes there are. */
    public int rank() {
        return dims.length;
    }

    /** How many elements there are: the product of the sizes. */
    public int size() {
        return size;
    }

    /**
     * The size along an axis; negative axes count from the end, so {@code dim(-1)} is the innermost.
     *
     * @throws ShapeException if there is no such axis
     */
    public int dim(int axis) {
        return dims[axis("dim", axis)];
    }

    /** The sizes, in a fresh array. */
    public int[] dims() {
        return dims.clone();
    }

    /**
     * A possibly negative axis as one in {@code [0, rank)}.
     *
     * @throws ShapeException in the name of {@code op} if there is no such axis
     */
    public int axis(String op, int axis) {
        int resolved = axis < 0 ? axis + dims.length : axis;
        if (resolved < 0 || resolved >= dims.length) {
            throw ShapeException.of(op, "no axis " + axis + " in a tensor of rank " + dims.length, this);
        }
        return resolved;
    }

    /** The size along an axis that an op was made for, not negative; throws in its name if there is no such axis. */
    int requireAxis(Op op, int axis) {
        if (axis < 0 || axis >= dims.length) {
            throw ShapeException.of(op.name(), "no axis " + axis + " in a tensor of rank " + dims.length, this);
        }
        return dims[axis];
    }

    /** Resolves axes, refuses repeated ones and sorts them; no axes at all means every axis. */
    int[] axes(String op, int... axes) {
        var resolved = new int[axes.length == 0 ? dims.length : axes.length];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = axes.length == 0 ? i : axis(op, axes[i]);
        }
        Arrays.sort(resolved);
        for (int i = 1; i < resolved.length; i++) {
            if (resolved[i] == resolved[i - 1]) {
                throw ShapeException.of(op, "axis " + resolved[i] + " given twice in " + Arrays.toString(axes), this);
            }
        }
        return resolved;
    }

    /**
     * This shape with one size replaced; the axis may be negative.
     *
     * @throws ShapeException if there is no such axis, the size is negative or the elements become too many
     */
    public Shape with(int axis, int dim) {
        var changed = dims.clone();
        changed[axis("with", axis)] = dim;
        return of(changed);
    }

    /** This shape with one more axis, of size 1, which becomes axis {@code axis} (negative: from the end). */
    Shape widened(String op, int axis) {
        int at = axis < 0 ? axis + dims.length + 1 : axis;
        if (at < 0 || at > dims.length) {
            throw ShapeException.of(op, "no place for a new axis " + axis, this);
        }
        var wider = new int[dims.length + 1];
        System.arraycopy(dims, 0, wider, 0, at);
        wider[at] = 1;
        System.arraycopy(dims, at, wider, at + 1, dims.length - at);
        return new Shape(wider, size);
    }

    /** This shape with the axes from {@code from} to {@code to}, both included, as one. */
    Shape flattened(String op, int from, int to) {
        int first = axis(op, from);
        int last = axis(op, to);
        if (first > last) {
            throw ShapeException.of(op, "axis " + from + " is behind axis " + to, this);
        }
        var flat = new int[dims.length - (last - first)];
        System.arraycopy(dims, 0, flat, 0, first);
        flat[first] = span(first, last + 1);
        System.arraycopy(dims, last + 1, flat, first + 1, dims.length - last - 1);
        return of(flat);
    }

    /** This shape without these axes of size 1; without any axis of size 1 if none are given. */
    Shape squeezed(String op, int... axes) {
        int[] dropped = axes.length == 0 ? new int[0] : axes(op, axes);
        for (int axis : dropped) {
            if (dims[axis] != 1) {
                throw ShapeException.of(op, "axis " + axis + " has size " + dims[axis] + ", not 1", this);
            }
        }
        var kept = new int[dims.length];
        int count = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            boolean drops = axes.length == 0 ? dims[axis] == 1 : Arrays.binarySearch(dropped, axis) >= 0;
            if (!drops) {
                kept[count++] = dims[axis];
            }
        }
        return of(Arrays.copyOf(kept, count));
    }

    /**
     * The shape with these sizes for the elements of this one; a single −1 is replaced by the size that makes it fit.
     */
    Shape refilled(String op, int... wanted) {
        long known = 1;
        int unknown = -1;
        for (int axis = 0; axis < wanted.length; axis++) {
            if (wanted[axis] == -1) {
                if (unknown >= 0) {
                    throw ShapeException.of(op, "more than one -1 in " + Arrays.toString(wanted), this);
                }
                unknown = axis;
            } else if (wanted[axis] < 0) {
                throw ShapeException.of(op, "negative size in " + Arrays.toString(wanted), this);
            } else {
                known = Math.min(known * wanted[axis], Integer.MAX_VALUE);
            }
        }
        if (unknown < 0) {
            return of(wanted);
        }
        if (known == 0) {
            throw ShapeException.of(op, "any size would do for the -1 of " + Arrays.toString(wanted), this);
        }
        if (size % known != 0) {
            throw ShapeException.of(op, size + " elements do not fill " + Arrays.toString(wanted), this);
        }
        var filled = wanted.clone();
        filled[unknown] = (int) (size / known);
        return of(filled);
    }

    /** This shape with its last two axes exchanged. */
    Shape transposed(String op) {
        if (dims.length < 2) {
            throw ShapeException.of(op, "needs at least two axes", this);
        }
        var swapped = dims.clone();
        swapped[dims.length - 1] = dims[dims.length - 2];
        swapped[dims.length - 2] = dims[dims.length - 1];
        return new Shape(swapped, size);
    }

    /**
     * The product of the sizes of axes {@code from} (inclusive) to {@code to} (exclusive). Beside a size of 0 outside
     * these it may overflow, but then there is no element to find by it.
     */
    int span(int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= dims[axis];
        }
        return product;
    }

    /** How far apart, in elements, neighbours along each axis are in row-major order. */
    int[] strides() {
        var strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    /**
     * The shape two operands take together: aligned at the innermost axis, equal sizes or one of them 1 (NumPy's rule).
     *
     * @throws ShapeException in the name of {@code op} if the shapes do not broadcast
     */
    public static Shape broadcast(String op, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        var dims = new int[Math.max(a.rank(), b.rank())];
        for (int i = 1; i <= dims.length; i++) {
            int left = i <= a.rank() ? a.dims[a.rank() - i] : 1;
            int right = i <= b.rank() ? b.dims[b.rank() - i] : 1;
            if (left != right && left != 1 && right != 1) {
                throw ShapeException.of(op, "shapes do not broadcast (sizes must be equal, or one of them 1)", a, b);
            }
            dims[dims.length - i] = left == 1 ? right : left;
        }
        return of(dims);
    }

    /** As the other {@code broadcast}, but the name is only made up if it is needed. */
    static Shape broadcast(Op op, Shape a, Shape b) {
        return a.equals(b) ? a : broadcast(op.name(), a, b);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** For example {@code [64, 784]}; a scalar prints as {@code []}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
