package org.espalier.kernel;

/**
 * The hot loops of the library: a few coarse operations on arrays and offsets.
 *
 * <p>Every implementation gives the same bits for the same arguments, on any machine, lane width or thread count (NaN
 * counts as one value: its sign and payload are the JVM's):
 *
 * <ul>
 *   <li>an element of a <b>product</b> is one chain of fused multiply-adds in ascending order of the reduction
 *       dimension, starting from +0, or from the old element when accumulating;
 *   <li>a <b>reduction</b> of a run has {@value #LANES} virtual lanes: element i is added to lane i mod {@value #LANES}
 *       in ascending order, and the lanes are folded in halves (8, 4, 2, 1). Runs longer than {@value #CHUNK} are cut
 *       into chunks of that length whose sums are added in double precision, in order;
 *   <li>the <b>maps</b> (exp, log, …) are polynomials evaluated by plain multiplications and additions, never fused.
 * </ul>
 *
 * <p>Matrices are row-major with a leading dimension: element (i, j) of x is {@code x[xo + i * ldx + j]}. Arguments are
 * trusted: the caller has checked shapes and bounds. An output must not overlap an input, except that the maps, the
 * softmax rows, {@link #addTo} and {@link #reluBackward} accept exactly the same array and offset. Implementations are
 * stateless to the caller, may be used from several threads at once, run on the calling thread only and allocate
 * nothing once warm (apart from {@link #pack}).
 */
public interface Kernels {
    /** Virtual lanes of a reduction. */
    int LANES = 16;

    /** Elements of a reduction summed in single precision before the sums are added in double precision. */
    int CHUNK = 8192;

    /** The scalar implementation: the specification, and the fallback. */
    static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /** The implementation's name: {@code scalar}, {@code vector-512}, {@code vector-256} or {@code vector-128}. */
    String name();

    /** Whether warm-up is complete. Until then scalar kernels may answer, so measurements must wait. */
    default boolean settled() {
        return true;
    }

    /**
     * Matrix product C = op(A) · op(B), or C += op(A) · op(B).
     *
     * @param transA A is stored [k × m] instead of [m × k]
     * @param transB B is stored [n × k] instead of [k × n]
     * @param accumulate start each element's chain from C instead of +0
     */
    void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo,
            int ldb, boolean accumulate, float[] c, int co, int ldc);

    /** Copies op(B), [k × n], into this implementation's own layout, for products that reuse B. Allocates. */
    PackedMatrix pack(boolean transB, int k, int n, float[] b, int bo, int ldb);

    /**
     * The product of {@link #gemm} with a packed B: the same bits without rearranging B at every call.
     *
     * @throws IllegalArgumentException if {@code b} was packed by another implementation
     */
    void gemmPacked(boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b, boolean accumulate, float[] c,
            int co, int ldc);

    /**
     * One dense layer, y = activation(x · Wᵀ + bias): the product of {@link #gemm}, then one addition of the bias,
     * then the activation.
     *
     * @param x [m × k], contiguous
     * @param w [n × k], contiguous
     * @param bias n values, or null for none
     * @param ldy leading dimension of y, [m × n]
     */
    void linear(int m, int n, int k, float[] x, int xo, float[] w, int wo, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy);

    /**
     * {@link #linear} with weights packed by {@code pack(true, k, n, w, wo, k)}.
     *
     * @throws IllegalArgumentException if {@code w} was packed by another implementation
     */
    void linearPacked(int m, float[] x, int xo, PackedMatrix w, float[] bias, int biasOffset,
            FusedActivation activation,
            float[] y, int yo, int ldy);

    /** Transposes [rows × cols], contiguous: {@code y[c * rows + r] = x[r * cols + c]}. */
    void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo);

    /** Exponential of n values; accuracy and special values as {@link ScalarMath#exp}. */
    void exp(float[] x, int xo, float[] y, int yo, int n);

    /** Natural logarithm of n values; accuracy and special values as {@link ScalarMath#log}. */
    void log(float[] x, int xo, float[] y, int yo, int n);

    /** Hyperbolic tangent of n values; accuracy and special values as {@link ScalarMath#tanh}. */
    void tanh(float[] x, int xo, float[] y, int yo, int n);

    /** Logistic function of n values; accuracy and special values as {@link ScalarMath#sigmoid}. */
    void sigmoid(float[] x, int xo, float[] y, int yo, int n);

    /** Error function of n values; accuracy and special values as {@link ScalarMath#erf}. */
    void erf(float[] x, int xo, float[] y, int yo, int n);

    /** Gaussian error linear unit x·Φ(x) of n values; accuracy and special values as {@link ScalarMath#gelu}. */
    void gelu(float[] x, int xo, float[] y, int yo, int n);

    /** log(1 + eˣ) of n values; accuracy and special values as {@link ScalarMath#softplus}. */
    void softplus(float[] x, int xo, float[] y, int yo, int n);

    /** Sum of n values; +0 when n = 0. */
    float sum(float[] x, int xo, int n);

    /** Dot product of n values, each lane a chain of fused multiply-adds; +0 when n = 0. */
    float dot(float[] a, int ao, float[] b, int bo, int n);

    /** Largest of n values: NaN if any is NaN, +0 above −0, negative infinity when n = 0. */
    float max(float[] x, int xo, int n);

    /** y += x, n values. */
    void addTo(float[] x, int xo, float[] y, int yo, int n);

    /** y = a where b &gt; 0, otherwise +0, n values: the gradient of ReLU. NaN in b is not above 0. */
    void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

    /**
     * Softmax of each of {@code rows} contiguous rows of {@code cols} values: e = exp(x − max), then e / sum(e).
     * A row holding NaN or +∞, or only −∞, becomes NaN.
     */
    void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo);

    /**
     * Log-softmax of each of {@code rows} contiguous rows of {@code cols} values: d = x − max, then d −
     * log(sum(exp(d))). A row holding NaN or +∞, or only −∞, becomes NaN.
     */
    void logSoftmax(int rows, int cols, float[] x, int xo, float[] y, int yo);

    /**
     * log(sum(exp(x))) of n values as max + log(sum(exp(x − max))); the maximum itself when that is infinite or NaN,
     * so −∞ when n = 0.
     */
    float logSumExp(float[] x, int xo, int n);

    /** Softmax of one row. */
    default void softmax(float[] x, int xo, float[] y, int yo, int n) {
        softmax(1, n, x, xo, y, yo);
    }

    /** Log-softmax of one row. */
    default void logSoftmax(float[] x, int xo, float[] y, int yo, int n) {
        logSoftmax(1, n, x, xo, y, yo);
    }

    /**
     * One optimizer step on the elements [from, to) of a parameter, in one pass. The new values go to {@code out},
     * which may be {@code gradient} but not {@code value}; the moments are changed in place.
     *
     * @param rule what to compute, and which of the moments it uses
     * @param first the moment the rule calls first; null when the rule has none
     * @param second the moment the rule calls second; null when the rule has none
     * @param kept bit i mod 64 of word i / 64 tells whether element i is kept; where it is 0 the new value and the
     *             moments are +0. Null keeps everything
     */
    void update(UpdateRule rule, int from, int to, float[] value, float[] gradient, float[] first, float[] second,
            long[] kept, float[] out);
}
