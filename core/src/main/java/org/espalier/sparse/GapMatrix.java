package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Sparse rows in two bytes an entry: how far it is from the entry before it, and a code for its value, which is {@code
 * table[code] · scale of the row}. Computed with as it is stored: the entries of a few rows at a time are decoded into
 * buffers of the calling thread and go through the kernels of {@link CsrMatrix}, so products have the bits of the
 * decoded matrix.
 *
 * <p>Source: S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, arXiv 1510.00149, section 2, with gaps of 8 bits
 * that run on from row to row.
 */
public final class GapMatrix implements SparseMatrix {
    /** The most columns there can be. */
    public static final int WIDEST = SparseKernels.CSR_COLUMNS;

    /** Rows that are decoded together. */
    private static final int ROWS = 128;

    private static final int CODES = 256;
    private static final ThreadLocal<Decoded> OWN = new ThreadLocal<>();

    /** Some rows of a matrix, decoded: the arguments of the kernels. */
    private static final class Decoded {
        private final int[] offsets = new int[ROWS + 1];
        private char[] columns = {};
        private float[] values = {};

        static Decoded own() {
            var own = OWN.get();
            if (own == null) {
                own = new Decoded();
                OWN.set(own);
            }
            return own;
        }
    }

    private final int cols;
    private final byte[] gaps;
    private final byte[] codes;
    private final float[] table;
    private final float[] scales;
    /** Where each row begins in the gaps and in the codes; one more than there are rows. */
    private final int[] gapStarts;
    private final int[] codeStarts;
    /** The column, often far below 0, that the first gap of a row is counted from. */
    private final int[] origins;

    private GapMatrix(int cols, byte[] gaps, byte[] codes, float[] table, float[] scales) {
        int rows = scales.length;
        this.cols = cols;
        this.gaps = gaps;
        this.codes = codes;
        this.table = table;
        this.scales = scales;
        this.gapStarts = new int[rows + 1];
        this.codeStarts = new int[rows + 1];
        this.origins = new int[rows];
        var steps = new Gaps.Cursor(gaps);
        for (int r = 0; r < rows; r++) {
            gapStarts[r] = steps.read();
            codeStarts[r] = steps.entries();
            origins[r] = steps.position() - r * cols;
            steps.before((r + 1) * cols);
        }
        gapStarts[rows] = gaps.length;
        codeStarts[rows] = codes.length;
    }

    /**
     * The matrix of these codes; the arrays are copied.
     *
     * @param cols columns of the matrix
     * @param gaps as {@link Gaps} has them
     * @param codes one for each entry: unsigned, an index of the table
     * @param table the 256 values that codes stand for
     * @param scales one for each row
     * @throws ShapeException if the arrays do not fit each other
     * @throws IllegalArgumentException if the gaps do not go through the whole matrix, or it has more columns than
     *     {@link #WIDEST}
     */
    public static GapMatrix of(int cols, byte[] gaps, byte[] codes, float[] table, float[] scales) {
        if (cols > WIDEST) {
            throw new IllegalArgumentException("gap matrix: " + cols + " columns, the most are " + WIDEST);
        }
        Gaps.check(gaps, Shape.of(scales.length, cols).size(), codes.length);
        if (table.length != CODES) {
            throw new ShapeException("gap matrix: a table of " + table.length + " values, not " + CODES);
        }
        return new GapMatrix(cols, gaps.clone(), codes.clone(), table.clone(), scales.clone());
    }

    /**
     * The matrix of these entries; the arrays are copied.
     *
     * @param cols columns of the matrix
     * @param entries which elements, numbered in row-major order, are entries; ascending
     * @param codes one for each entry: unsigned, an index of the table
     * @param table the 256 values that codes stand for
     * @param scales one for each row
     * @throws ShapeException if the arrays do not fit each other
     * @throws IllegalArgumentException if the entries do not ascend or are not all in the matrix
     */
    public static GapMatrix of(int cols, int[] entries, byte[] codes, float[] table, float[] scales) {
        return of(cols, Gaps.encode(Shape.of(scales.length, cols).size(), entries), codes, table, scales);
    }

    @Override
    public int rows() {
        return scales.length;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public int nnz() {
        return codes.length;
    }

    @Override
    public long bytes() {
        return (long) gaps.length + codes.length + 4L * CODES + 16L * rows() + 8;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols);
        var elements = new float[shape.size()];
        var decoded = new Decoded();
        for (int r = 0; r < rows(); r++) {
            decode(decoded, r, r + 1);
            for (int p = 0; p < decoded.offsets[1]; p++) {
                elements[r * cols + decoded.columns[p]] = decoded.values[p];
            }
        }
        return Storage.adopt(shape, elements);
    }

    private void decode(Decoded to, int first, int end) {
        int count = codeStarts[end] - codeStarts[first];
        if (to.columns.length < count) {
            to.columns = new char[count];
            to.values = new float[count];
        }
        int from = codeStarts[first];
        for (int r = first; r < end; r++) {
            int entry = codeStarts[r] - from;
            int column = origins[r];
            for (int i = gapStarts[r]; i < gapStarts[r + 1]; i++) {
                int gap = gaps[i] & 0xFF;
                column += gap == Gaps.FILLER ? gap : gap + 1;
                if (gap != Gaps.FILLER) {
                    to.columns[entry] = (char) column;
                    to.values[entry] = table[codes[from + entry] & 0xFF] * scales[r];
                    entry++;
                }
            }
            to.offsets[r - first + 1] = entry;
        }
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        Arguments.check(this, batch, x, xo, bias, activation, y, yo);
        var decoded = Decoded.own();
        for (int first = 0; first < rows(); first += ROWS) {
            int count = Math.min(ROWS, rows() - first);
            decode(decoded, first, first + count);
            if (Arguments.single(batch)) {
                for (int i = 0; i < batch; i++) {
                    KernelChoice.current().sparse().csrVector(1, count, 0, count, cols, cols, decoded.offsets,
                            decoded.columns,
                            decoded.values, x, xo + i * cols, null, FusedActivation.NONE, y, yo + i * rows() + first);
                }
            } else {
                KernelChoice.current().sparse().csr(true, true, 1, count, 0, count, cols, batch, cols, decoded.offsets,
                        decoded.columns, decoded.values, x, xo, cols, null, FusedActivation.NONE, y, yo + first,
                        rows());
            }
        }
        finish(batch, bias, activation, y, yo);
    }

    private void finish(int batch, float[] bias, FusedActivation activation, float[] y, int yo) {
        int n = batch * rows();
        for (int i = 0; bias != null && i < batch; i++) {
            for (int r = 0; r < rows(); r++) {
                y[yo + i * rows() + r] += bias[r];
            }
        }
        switch (activation) {
            case NONE -> {}
            case RELU -> {
                for (int i = yo; i < yo + n; i++) {
                    y[i] = Math.max(y[i], 0f);
                }
            }
            case TANH -> KernelChoice.current().dense().tanh(y, yo, y, yo, n);
            case SIGMOID -> KernelChoice.current().dense().sigmoid(y, yo, y, yo, n);
            case GELU -> KernelChoice.current().dense().gelu(y, yo, y, yo, n);
        }
    }

    /** For example {@code GapMatrix[300 × 784, 11713 entries]}. */
    @Override
    public String toString() {
        return "GapMatrix[" + rows() + " × " + cols + ", " + nnz() + " entries]";
    }
}
