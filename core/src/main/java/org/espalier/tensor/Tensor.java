package org.espalier.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * A multi-dimensional array of float32 in row-major order: an immutable value. Operations return new tensors, broadcast
 * as NumPy's do, and are recorded for {@link #backward} when they depend on a tensor that {@linkplain #requiresGrad()
 * requires gradients}. Axes may be negative, counting from the innermost. Safe to share between threads.
 *
 * {@snippet :
 * Tensor x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
 * Tensor w = Rng.of(42).normal(Shape.of(3, 2), 0.5f).withGrad();
 * Tensor loss = x.matmul(w.transpose()).tanh().square().mean();
 * Gradients gradients = loss.backward();
 * Tensor next = NoGrad.call(() -> w.minus(gradients.of(w).times(0.1f)));
 * }
 *
 * <p>What tensors compute is declared in three interfaces: {@link TensorMath} element by element,
 * {@link TensorReductions} along axes, {@link TensorShaping} by arranging elements. The methods are one-liners over the
 * op families, where each op is documented.
 */
public final class Tensor implements TensorMath, TensorReductions, TensorShaping {
    private final Shape shape;
    private final Node node;
    private final LazyElements source;
    private volatile float[] array;

    // A thread that sees it late arranges the matrix once more, to the same.
    private volatile PackedOperand packed;

    Tensor(Shape shape, float[] array, Node node) {
        this(shape, array, node, null);
    }

    Tensor(Shape shape, float[] array, Node node, LazyElements source) {
        this.shape = shape;
        this.array = array;
        this.node = node;
        this.source = source;
    }

    // ---- making tensors

    /** A tensor of the elements in row-major order, copied; throws {@link ShapeException} if their number is wrong. */
    public static Tensor of(Shape shape, float... elements) {
        return Storage.adopt(shape, elements.clone());
    }

    /** A tensor of rank 0. */
    public static Tensor scalar(float value) {
        return new Tensor(Shape.scalar(), new float[] {value}, null);
    }

    /** A tensor of rank 1. */
    public static Tensor vector(float... elements) {
        return of(Shape.of(elements.length), elements);
    }

    /** A tensor of rank 2 from its rows, which must be equally long. */
    public static Tensor matrix(float[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        var elements = new float[Shape.of(rows.length, columns).size()];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new ShapeException(
                        "matrix: row " + row + " has " + rows[row].length + " elements, row 0 has " + columns);
            }
            System.arraycopy(rows[row], 0, elements, row * columns, columns);
        }
        return Storage.adopt(Shape.of(rows.length, columns), elements);
    }

    /** Zeros. */
    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.size()], null);
    }

    /** One value everywhere. */
    public static Tensor full(Shape shape, float value) {
        var elements = new float[shape.size()];
        Arrays.fill(elements, value);
        return new Tensor(shape, elements, null);
    }

    /** Ones. */
    public static Tensor ones(Shape shape) {
        return full(shape, 1);
    }

    /** The numbers 0, 1, …, n − 1 as a vector. */
    public static Tensor arange(int n) {
        return arange(0, n, 1);
    }

    /**
     * The numbers start, start + step, … before end as a vector, each start + i·step computed in double precision.
     *
     * @throws IllegalArgumentException if an argument is not finite or step is 0
     */
    public static Tensor arange(float start, float end, float step) {
        double count = Math.ceil(((double) end - start) / step);
        if (!Float.isFinite(start) || !Float.isFinite(end) || !Double.isFinite(count) || count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("arange: from " + start + " to " + end + " by " + step);
        }
        var elements = new float[(int) Math.max(0, count)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (start + (double) i * step);
        }
        return Storage.adopt(Shape.of(elements.length), elements);
    }

    /** The identity matrix [n, n]. */
    public static Tensor eye(int n) {
        var elements = new float[Shape.of(n, n).size()];
        for (int i = 0; i < n; i++) {
            elements[i * n + i] = 1;
        }
        return Storage.adopt(Shape.of(n, n), elements);
    }

    /** A row per label with 1 in its column: [labels, classes]; throws {@link ShapeException} for one outside. */
    public static Tensor oneHot(int classes, int... labels) {
        var elements = new float[Shape.of(labels.length, classes).size()];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new ShapeException("oneHot: label " + labels[row] + " is not within " + classes + " classes");
            }
            elements[row * classes + labels[row]] = 1;
        }
        return Storage.adopt(Shape.of(labels.length, classes), elements);
    }

    /** Where {@code condition} is not 0 the element of {@code a}, otherwise that of {@code b}; the three broadcast. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        var common = Shape.broadcast("where", Shape.broadcast("where", condition.shape, a.shape), b.shape);
        return Op.apply(new Selection.Where(), condition.detach().expand(common), a.expand(common), b.expand(common));
    }

    /** Concatenates along an existing axis. */
    public static Tensor concat(int axis, Tensor... tensors) {
        return Op.apply(new Movement.Concat(tensors.length == 0 ? 0 : tensors[0].shape.axis("concat", axis)), tensors);
    }

    /** Stacks tensors of one shape along a new axis. */
    public static Tensor stack(int axis, Tensor... tensors) {
        var widened = new Tensor[tensors.length];
        for (int i = 0; i < tensors.length; i++) {
            if (!tensors[i].shape.equals(tensors[0].shape)) {
                throw ShapeException.of("stack", "all shapes must be equal", tensors[0].shape, tensors[i].shape);
            }
            widened[i] = tensors[i].unsqueeze(axis);
        }
        return concat(axis, widened);
    }

    /**
     * Products and sums in Einstein's notation, as NumPy and PyTorch read it: {@code einsum("bij,bjk->bik", a, b)}. A
     * letter names an axis of each operand; letters that are not in the result are summed over, a letter twice in one
     * operand takes its diagonal, {@code ...} is for axes that broadcast, and without an arrow the result has the
     * letters that occur once, in alphabetical order.
     *
     * @throws ShapeException if the equation is malformed or does not fit the operands
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        return Einsum.of(equation, operands);
    }

    // ---- reading

    /** The sizes along the axes. */
    public Shape shape() {
        return shape;
    }

    /** The number of axes. */
    public int rank() {
        return shape.rank();
    }

    /** The size along an axis. */
    public int dim(int axis) {
        return shape.dim(axis);
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** The elements in row-major order, in a fresh array. */
    public float[] toArray() {
        return array().clone();
    }

    /** The only element; throws {@link ShapeException} if there is not exactly one. */
    public float item() {
        if (shape.size() != 1) {
            throw ShapeException.of("item", "needs exactly one element", shape);
        }
        return array()[0];
    }

    /** The element at an index per axis; throws {@link IndexOutOfBoundsException} outside. */
    public float get(int... index) {
        if (index.length != shape.rank()) {
            throw ShapeException.of("get", index.length + " indices given", shape);
        }
        int at = 0;
        for (int axis = 0; axis < index.length; axis++) {
            at = at * shape.dim(axis) + Objects.checkIndex(index[axis], shape.dim(axis));
        }
        return array()[at];
    }

    // ---- gradients

    /** The same values as a leaf that {@link #backward} finds gradients for. */
    public Tensor withGrad() {
        return new Tensor(shape, array, Node.LEAF, source);
    }

    /** The same values, cut off from the gradient graph. */
    public Tensor detach() {
        return node == null ? this : new Tensor(shape, array, null, source);
    }

    /** Whether gradients flow into this tensor. */
    public boolean requiresGrad() {
        return node != null;
    }

    boolean isLeaf() {
        return node == Node.LEAF;
    }

    Node node() {
        return node;
    }

    /** The gradients of this one number; throws {@link ShapeException} if it is not a single element. */
    public Gradients backward() {
        return backward(unitSeed());
    }

    /** The gradients of Σ seed·this; throws {@link ShapeException} if the seed has another shape. */
    public Gradients backward(Tensor seed) {
        return NoGrad.call(() -> Backward.of(this, seed.detach()));
    }

    /** As {@link #backward()}, but the gradients are tracked and can be differentiated again. */
    public Gradients backwardWithGraph() {
        return Backward.of(this, unitSeed());
    }

    private Tensor unitSeed() {
        if (shape.size() != 1) {
            throw ShapeException.of("backward", "needs a single number: take the sum or the mean first", shape);
        }
        return full(shape, 1);
    }

    // ---- products

    /** The matrix product over the last two axes; the axes before them broadcast. */
    public Tensor matmul(Tensor b) {
        return Op.apply(new Contraction.MatMul(), this, b);
    }

    /** x·Wᵀ + b, for W [out, in] and b [out]. */
    public Tensor linear(Tensor weight, Tensor bias) {
        return Op.apply(new Contraction.Linear(), this, weight, bias);
    }

    /** x·Wᵀ, for W [out, in]. */
    public Tensor linear(Tensor weight) {
        return Op.apply(new Contraction.Linear(), this, weight);
    }

    /** NumPy's layout, shortened beyond 1000 elements. */
    @Override
    public String toString() {
        return TensorFormat.format(this);
    }

    // ---- for the op families

    /** This where b &gt; 0, otherwise +0. */
    Tensor gate(Tensor b) {
        return Op.apply(new Binary.Gate(), this, b.detach());
    }

    boolean isPending() {
        return array == null;
    }
    // @formatter:on

    static Tensor transposedView(Shape shape, Tensor source) {
        return new Tensor(shape, null, null, new Transposed(source));
    }

    /** If this is a transpose whose elements have not been moved, what it is the transpose of; otherwise null. */
    Tensor transposeSource() {
        return source instanceof Transposed transposed ? transposed.of() : null;
    }

    /** What products with few rows keep of this matrix; null before the first. */
    PackedOperand packed() {
        return packed;
    }

    void keep(PackedOperand operand) {
        packed = operand;
    }

    LazyElements source() {
        return source;
    }

    Tensor recordedAs(Node made) {
        return new Tensor(shape, array, made, source);
    }

    float[] array() {
        var elements = array;
        if (elements == null) {
            elements = source.elements();
            array = elements;
        }
        return elements;
    }
}
