package org.espalier.tensor;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.tensor.Selection.Relation;

/**
 * A multi-dimensional array of float32 in row-major order: an immutable value. Operations return new tensors, broadcast
 * as NumPy's do, and are recorded for {@link #backward} when they depend on a tensor that {@linkplain #requiresGrad()
 * requires gradients}. Axes may be negative, counting from the innermost. Safe to share between threads.
 *
 * <p>The methods are one-liners over the op families, where each op is documented.
 */
public final class Tensor {
    private final Shape shape;
    private final Node node;
    private final Deferred source;
    private volatile float[] array;

    Tensor(Shape shape, float[] array, Node node) {
        this(shape, array, node, null);
    }

    Tensor(Shape shape, float[] array, Node node, Deferred source) {
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
        var where = new Selection.Where();
        var common = Shape.broadcast(where, Shape.broadcast(where, condition.shape, a.shape), b.shape);
        return Op.apply(where, condition.detach().expand(common), a.expand(common), b.expand(common));
    }

    /** The tensors one behind the other along an existing axis. */
    public static Tensor concat(int axis, Tensor... tensors) {
        return Op.apply(new Movement.Concat(tensors.length == 0 ? 0 : tensors[0].shape.axis("concat", axis)), tensors);
    }

    /** The tensors, all of one shape, side by side along a new axis. */
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

    /** A product in Einstein's notation, for example {@code einsum("bij,bjk->bik", a, b)}; see {@link Einsum}. */
    public static Tensor einsum(String equation, Tensor a, Tensor b) {
        return Einsum.parse(equation).apply(a, b);
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

    // ---- arithmetic: here and below one line per operation (@formatter:off)

    /** The sum. */
    public Tensor plus(Tensor b) { return Op.apply(new Binary.Add(), this, b); }
    /** The sum with a number. */
    public Tensor plus(float b) { return affine(1, b); }
    /** The difference. */
    public Tensor minus(Tensor b) { return Op.apply(new Binary.Subtract(), this, b); }
    /** The difference with a number. */
    public Tensor minus(float b) { return affine(1, -b); }
    /** The product, element by element. */
    public Tensor times(Tensor b) { return Op.apply(new Binary.Multiply(), this, b); }
    /** The product with a number. */
    public Tensor times(float b) { return Op.apply(new Unary.Scale(b), this); }
    /** The quotient. */
    public Tensor div(Tensor b) { return Op.apply(new Binary.Divide(), this, b); }
    /** scale·x + shift. */
    public Tensor affine(float scale, float shift) { return Op.apply(new Unary.Affine(scale, shift), this); }
    /** The larger of two. */
    public Tensor maximum(Tensor b) { return Op.apply(new Binary.Maximum(), this, b); }
    /** The smaller of two. */
    public Tensor minimum(Tensor b) { return Op.apply(new Binary.Minimum(), this, b); }
    /** This where b &gt; 0, otherwise 0. */
    Tensor gate(Tensor b) { return Op.apply(new Binary.Gate(), this, b.detach()); }
    /** −x. */
    public Tensor negate() { return Op.apply(new Unary.Negate(), this); }
    /** |x|. */
    public Tensor abs() { return Op.apply(new Unary.Abs(), this); }
    /** −1, 0 or 1. */
    public Tensor sign() { return Op.apply(new Unary.Sign(), this); }
    /** The nearest integer. */
    public Tensor round() { return Op.apply(new Unary.Round(), this); }
    /** x². */
    public Tensor square() { return Op.apply(new Unary.Square(), this); }
    /** √x. */
    public Tensor sqrt() { return Op.apply(new Unary.Sqrt(), this); }
    /** A constant power. */
    public Tensor pow(float exponent) { return Op.apply(new Unary.Power(exponent), this); }
    /** eˣ. */
    public Tensor exp() { return Op.apply(new Unary.Exp(), this); }
    /** The natural logarithm. */
    public Tensor log() { return Op.apply(new Unary.Log(), this); }
    /** x limited to an interval. */
    public Tensor clip(float low, float high) { return Op.apply(new Unary.Clip(low, high), this); }

    // ---- activations

    /** The hyperbolic tangent. */
    public Tensor tanh() { return Op.apply(new Unary.Tanh(), this); }
    /** The logistic function. */
    public Tensor sigmoid() { return Op.apply(new Unary.Sigmoid(), this); }
    /** The error function. */
    public Tensor erf() { return Op.apply(new Unary.Erf(), this); }
    /** max(x, 0). */
    public Tensor relu() { return Op.apply(new Unary.Relu(), this); }
    /** x where positive, otherwise slope·x. */
    public Tensor leakyRelu(float slope) { return Op.apply(new Unary.LeakyRelu(slope), this); }
    /** The Gaussian error linear unit. */
    public Tensor gelu() { return Op.apply(new Unary.Gelu(), this); }
    /** log(1 + eˣ). */
    public Tensor softplus() { return Op.apply(new Unary.Softplus(), this); }
    /** eˣ / Σeˣ over the innermost axis. */
    public Tensor softmax() { return Op.apply(new Fused.Softmax(), this); }
    /** The logarithm of the softmax. */
    public Tensor logSoftmax() { return Op.apply(new Fused.LogSoftmax(), this); }
    /** log Σeˣ over the innermost axis. */
    public Tensor logSumExp() { return Op.apply(new Fused.LogSumExp(), this); }
    /** Zero mean and unit variance over the innermost axis. */
    public Tensor normalize(float epsilon) { return Op.apply(new Fused.Normalize(epsilon), this); }
    /** The cross-entropy of each row of logits with its label, optionally smoothed. */
    public Tensor crossEntropy(float smoothing, int... labels) {
        return Op.apply(new Fused.CrossEntropy(labels, smoothing), this);
    }

    // ---- comparisons: 1 where true, otherwise 0

    /** a &gt; b. */
    public Tensor greater(Tensor b) { return compare(Relation.GREATER, b); }
    /** a ≥ b. */
    public Tensor greaterEqual(Tensor b) { return compare(Relation.GREATER_EQUAL, b); }
    /** a &lt; b. */
    public Tensor less(Tensor b) { return compare(Relation.LESS, b); }
    /** a ≤ b. */
    public Tensor lessEqual(Tensor b) { return compare(Relation.LESS_EQUAL, b); }
    /** a = b. */
    public Tensor equalTo(Tensor b) { return compare(Relation.EQUAL, b); }
    /** a ≠ b. */
    public Tensor notEqualTo(Tensor b) { return compare(Relation.NOT_EQUAL, b); }
    private Tensor compare(Relation relation, Tensor b) { return Op.apply(new Selection.Compare(relation), this, b); }

    // ---- reductions: no axes means all of them; with keepDims they stay, with size 1

    /** The sum over axes; 0 of nothing. */
    public Tensor sum(int... axes) { return sum(false, axes); }
    /** The sum over axes; 0 of nothing. */
    public Tensor sum(boolean keepDims, int... axes) {
        return new Reduction.Sum(shape.axes("sum", axes), keepDims).of(this);
    }
    /** The largest over axes; −∞ of nothing. */
    public Tensor max(int... axes) { return max(false, axes); }
    /** The largest over axes; −∞ of nothing. */
    public Tensor max(boolean keepDims, int... axes) {
        return new Reduction.Max(shape.axes("max", axes), keepDims).of(this);
    }
    /** The smallest over axes; ∞ of nothing. */
    public Tensor min(int... axes) { return negate().max(axes).negate(); }
    /** The mean over axes; NaN of nothing. */
    public Tensor mean(int... axes) { return mean(false, axes); }
    /** The mean over axes; NaN of nothing. */
    public Tensor mean(boolean keepDims, int... axes) {
        int count = shape.count("mean", axes);
        return sum(keepDims, axes).times(1f / count);
    }
    /** The variance (of the population) over axes, in two passes; NaN of nothing. */
    public Tensor variance(boolean keepDims, int... axes) {
        return minus(mean(true, axes)).square().mean(keepDims, axes);
    }

    // ---- movement

    /** Other sizes for the same elements; one of them may be −1, for what remains. */
    public Tensor reshape(int... dims) { return reshape(shape.refilled("reshape", dims)); }
    /** Another shape for the same elements. */
    public Tensor reshape(Shape to) { return to.equals(shape) ? this : Op.apply(new Movement.Reshape(to), this); }
    /** A new axis of size 1, which becomes number {@code axis}. */
    public Tensor unsqueeze(int axis) { return reshape(shape.widened("unsqueeze", axis)); }
    /** Exchanges the last two axes; costs nothing where a matrix product follows. */
    public Tensor transpose() { return Op.apply(new Movement.Transpose(), this); }
    /** The axes in another order: axis i of the result is axis order[i] of this. */
    public Tensor permute(int... order) { return Movement.permuted(this, order); }
    /** Repeats axes of size 1. */
    public Tensor expand(Shape to) { return to.equals(shape) ? this : Op.apply(new Movement.Expand(to), this); }
    /** Elements [from, to) of an axis. */
    public Tensor slice(int axis, int from, int to) {
        return Op.apply(new Movement.Slice(shape.axis("slice", axis), from, to), this);
    }
    /** Chosen rows of an axis, repeats allowed. */
    public Tensor gather(int axis, int... indices) {
        return Op.apply(new Movement.Gather(shape.axis("gather", axis), indices), this);
    }

    // ---- products

    /** The matrix product over the last two axes; the axes before them broadcast. */
    public Tensor matmul(Tensor b) { return Op.apply(new Contraction.MatMul(), this, b); }
    /** x·Wᵀ + b, for W [out, in] and b [out]. */
    public Tensor linear(Tensor weight, Tensor bias) { return Op.apply(new Contraction.Linear(), this, weight, bias); }

    // ---- ranking

    /** The index of the first largest element of each row along the innermost axis; throws if there is NaN. */
    public int[] argmax() { return Ranking.argmax(this); }
    /** The k largest of each row along the innermost axis, largest first; throws if there is NaN. */
    public Ranking.TopK topK(int k) { return Ranking.topK(this, k); }

    /** NumPy's layout, shortened beyond 1000 elements. */
    @Override
    public String toString() {
        return TensorFormat.format(this);
    }

    // ---- for the op families

    boolean isPending() { return array == null; }
    // @formatter:on

    static Tensor transposedView(Shape shape, Tensor source) {
        return new Tensor(shape, null, null, new Transposed(source));
    }

    /** If this is a transpose whose elements have not been moved, what it is the transpose of; otherwise null. */
    Tensor transposeSource() {
        return source instanceof Transposed transposed ? transposed.of() : null;
    }

    Deferred source() {
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
