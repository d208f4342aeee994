package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarSparse;
import org.espalier.kernel.Scratch;
import org.espalier.kernel.SparseKernels;

/**
 * The Vector API implementation of {@link SparseKernels}.
 *
 * <p>Idea: take 64 samples of the batch, copy a block of their features into {@link OffHeapScratch}, and add it to each
 * row with its sums in registers: per stored entry one weight is broadcast and multiplied with the contiguous samples
 * of its feature, so nothing is gathered. More vectors would leave the L1 cache room for so few features that the sums
 * are loaded and stored too often. Cost: one multiply-add per stored entry and sample, and cols · batch copies.
 */
public final class VectorSparse implements SparseKernels {
    /** The one instance. */
    public static final VectorSparse INSTANCE = new VectorSparse();

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Samples that are multiplied together: with them the inputs of a block of columns stay in the L1 cache. */
    private static final int SAMPLES = 64;

    /** Entries whose lanes are collected before they are folded: 8 KB. */
    private static final int ENTRIES = 128;

    /** Where one call sums up rows of blocks, or lanes, or transposes; it grows and is then kept. */
    private static final class Sums {
        private float[] floats = new float[0];

        float[] of(int elements) {
            if (floats.length < elements) {
                floats = new float[elements];
            }
            return floats;
        }
    }

    private final Scratch<Sums> sums = new Scratch<>() {
        @Override
        protected Sums make() {
            return new Sums();
        }
    };

    private VectorSparse() {}

    @Override
    public int permuteLanes() {
        return OffHeapScratch.AVAILABLE ? L : 0;
    }

    @Override
    public void csr(Csr w, float[] values, boolean transX, boolean transY, int from, int to, int batch, float[] x,
            int xo, int ldx, float[] bias, FusedActivation activation, float[] y, int yo, int ldy) {
        if (!OffHeapScratch.AVAILABLE) {
            ScalarSparse.INSTANCE.csr(
                    w, values, transX, transY, from, to, batch, x, xo, ldx, bias, activation, y, yo, ldy);
            return;
        }
        int height = w.height();
        int width = w.width();
        int[] offsets = w.offsets();
        char[] columns = w.columns();
        float floor = floor(activation);
        Sums own = sums.lease();
        float[] scratch = own.of(VectorSparseLayout.SCRATCH);
        int slot = OffHeapScratch.lease();
        try {
            for (int j = 0; j < batch;) {
                int vectors = vectors(height, batch - j);
                int samples = Math.min(vectors * L, batch - j);
                for (int first = from; first < to; first += OffHeapScratch.ROWS) {
                    int some = Math.min(OffHeapScratch.ROWS, to - first);
                    OffHeapScratch.clear(slot, Math.ceilDiv(some, height) * height, vectors);
                    for (int c = 0, at = 0; c < w.cols(); c += width, at += w.blockRows()) {
                        int features = Math.min(width, w.cols() - c);
                        if (transX) {
                            VectorSparseLayout.transpose(OffHeapScratch.inputs(slot), features, samples, vectors,
                                    x, xo + j * ldx + c, ldx, scratch);
                        } else {
                            VectorSparseLayout.copy(slot, features, samples, vectors, x, xo + c * ldx + j, ldx);
                        }
                        if (height == 1) {
                            rows(vectors, slot, some, offsets, at + first, columns, values);
                        } else {
                            blocks(vectors, slot, height, first, some, offsets, at, columns, values);
                        }
                    }
                    if (transY) {
                        VectorSparseLayout.deliverTransposed(
                                slot, some, samples, vectors, bias, first, floor, y, yo + j * ldy + first, ldy,
                                scratch);
                    } else {
                        VectorSparseLayout.deliver(
                                slot, some, samples, vectors, bias, first, floor, y, yo + first * ldy + j, ldy);
                    }
                }
                j += samples;
            }
        } finally {
            OffHeapScratch.release(slot);
            sums.release(own);
        }
        for (int line = transY ? 0 : from; line < (transY ? batch : to); line++) {
            curve(activation, transY ? to - from : batch, y, yo + line * ldy + (transY ? from : 0));
        }
    }

    /**
     * How many vectors of samples to take together when {@code samples} are left: {@value #SAMPLES} samples at most,
     * and such that no less than a vector is left. Blocks of four rows need a register for each vector of each
     * row. On 16 registers three vectors leave none to spare, and at 256 bits two are 1.4 times as fast.
     */
    private static int vectors(int height, int left) {
        int most = height == 1 ? Math.min(8, SAMPLES / L) : L == 16 ? 4 : L == 8 ? 2 : 3;
        int needed = Math.ceilDiv(left, L);
        if (needed < most) {
            return Math.min(4, needed);
        }
        return needed == most + 1 && most < 8 && (most == 3 || left % L != 0) ? most - 1 : most;
    }

    private static void rows(int vectors, int slot, int rows, int[] offsets, int at, char[] columns, float[] values) {
        switch (vectors) {
            case 8 -> VectorSparseRows.eight(slot, rows, offsets, at, columns, values);
            case 4 -> VectorSparseRows.four(slot, rows, offsets, at, columns, values);
            case 3 -> VectorSparseRows.three(slot, rows, offsets, at, columns, values);
            case 2 -> VectorSparseRows.two(slot, rows, offsets, at, columns, values);
            default -> VectorSparseRows.one(slot, rows, offsets, at, columns, values);
        }
    }

    private static void blocks(int vectors, int slot, int height, int first, int rows, int[] offsets, int at,
            char[] columns, float[] values) {
        switch (vectors) {
            case 4 -> VectorSparseBlocks.four(slot, height, first, rows, offsets, at, columns, values);
            case 3 -> VectorSparseBlocks.three(slot, height, first, rows, offsets, at, columns, values);
            case 2 -> VectorSparseBlocks.two(slot, height, first, rows, offsets, at, columns, values);
            default -> VectorSparseBlocks.one(slot, height, first, rows, offsets, at, columns, values);
        }
    }

    @Override
    public void csrVector(Csr w, float[] values, int from, int to, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        if (w.height() == 1) {
            Arrays.fill(y, yo + from, yo + to, 0f);
            for (int c = 0, at = 0; c < w.cols(); c += w.width(), at += w.rows()) {
                VectorSparseSingle.rows(from, to, w.offsets(), at, w.columns(), values, x, xo + c, y, yo);
            }
        } else {
            blocksVector(w, values, from, to, x, xo, y, yo);
        }
        finish(from, to, bias, activation, y, yo);
    }

    private void blocksVector(Csr w, float[] values, int from, int to, float[] x, int xo, float[] y, int yo) {
        int height = w.height();
        int blocks = w.blockRows();
        Sums own = sums.lease();
        float[] whole = own.of(blocks * height);
        Arrays.fill(whole, from, Math.ceilDiv(to, height) * height, 0f);
        for (int c = 0, at = 0; c < w.cols(); c += w.width(), at += blocks) {
            VectorSparseSingle.blocks(height, from, to, w.offsets(), at, w.columns(), values, x, xo + c, whole);
        }
        System.arraycopy(whole, from, y, yo + from, to - from);
        sums.release(own);
    }

    @Override
    public void sellVector(Sell w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        if (!OffHeapScratch.AVAILABLE) {
            ScalarSparse.INSTANCE.sellVector(w, from, to, cols, x, xo, bias, activation, y, yo);
            return;
        }
        int slot = OffHeapScratch.lease();
        try {
            MemorySegment.copy(x, xo, OffHeapScratch.INPUTS, ValueLayout.JAVA_FLOAT, OffHeapScratch.inputs(slot), cols);
            VectorSparseSell.sums(slot, w, from, to, bias, floor(activation), y, yo);
        } finally {
            OffHeapScratch.release(slot);
        }
        curve(w.order(), from, to, activation, y, yo);
    }

    private static float floor(FusedActivation activation) {
        return activation == FusedActivation.RELU ? 0f : Float.NEGATIVE_INFINITY;
    }

    /** The activation of the rows at some places, where it is no part of the loops over the entries. */
    private static void curve(int[] order, int from, int to, FusedActivation activation, float[] y, int yo) {
        if (to - from == order.length) {
            curve(activation, order.length, y, yo);
        } else {
            for (int place = from; place < to; place++) {
                curve(activation, 1, y, yo + order[place]);
            }
        }
    }

    @Override
    public void permuteVector(Permute w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        if (permuteLanes() != w.lanes()) {
            ScalarSparse.INSTANCE.permuteVector(w, from, to, cols, x, xo, bias, activation, y, yo);
            return;
        }
        int slot = OffHeapScratch.lease();
        try {
            var inputs = OffHeapScratch.INPUTS;
            long end = OffHeapScratch.inputs(slot) + (long) cols * Float.BYTES;
            MemorySegment.copy(x, xo, inputs, ValueLayout.JAVA_FLOAT, OffHeapScratch.inputs(slot), cols);
            // what a window that begins with the last column reads
            FloatVector.zero(S).intoMemorySegment(inputs, end, ByteOrder.nativeOrder());
            FloatVector.zero(S).intoMemorySegment(inputs, end + (long) L * Float.BYTES, ByteOrder.nativeOrder());
            VectorSparsePermute.sums(slot, w, from, to, bias, floor(activation), y, yo);
        } finally {
            OffHeapScratch.release(slot);
        }
        curve(w.order(), from, to, activation, y, yo);
    }

    @Override
    public void bitmapVector(Bitmap w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        if (L != 16) {
            ScalarSparse.INSTANCE.bitmapVector(w, from, to, cols, x, xo, bias, activation, y, yo);
            return;
        }
        Sums own = sums.lease();
        float[] whole = own.of(Math.ceilDiv(to - from, BITMAP_ROWS) * BITMAP_ROWS);
        VectorSparseBitmap.sums(w, from, to, cols, x, xo, whole);
        System.arraycopy(whole, 0, y, yo + from, to - from);
        sums.release(own);
        finish(from, to, bias, activation, y, yo);
    }

    @Override
    public void sddmm(Csr w, int from, int to, int batch, float[] g, float[] x, float[] out) {
        if (!OffHeapScratch.AVAILABLE) {
            ScalarSparse.INSTANCE.sddmm(w, from, to, batch, g, x, out);
            return;
        }
        int rows = w.rows();
        int cols = w.cols();
        int width = w.width();
        Sums own = sums.lease();
        float[] scratch = own.of(Math.max(VectorSparseLayout.SCRATCH, ENTRIES * L));
        int slot = OffHeapScratch.lease();
        try {
            long gradients = OffHeapScratch.gradients(slot);
            long inputs = OffHeapScratch.inputs(slot);
            for (int j = 0; j < batch; j += SDDMM_SAMPLES) {
                int samples = Math.min(SDDMM_SAMPLES, batch - j);
                int filled = Math.ceilDiv(samples, Kernels.LANES) * Kernels.LANES;
                for (int first = from; first < to; first += OffHeapScratch.ROWS) {
                    int some = Math.min(OffHeapScratch.ROWS, to - first);
                    VectorSparseLayout.transposeAndPad(
                            gradients, some, samples, filled / L, g, j * rows + first, rows, 0f, scratch);
                    for (int c = 0, strip = first; c < cols; c += width, strip += rows) {
                        // adding 0 · −0 changes nothing
                        VectorSparseLayout.transposeAndPad(
                                inputs, Math.min(width, cols - c), samples, filled / L, x, j * cols + c, cols, -0f,
                                scratch);
                        sddmm(filled, some, j > 0, w.offsets(), strip, w.columns(), gradients, inputs, out,
                                scratch);
                    }
                }
            }
        } finally {
            OffHeapScratch.release(slot);
            sums.release(own);
        }
    }

    /** The entries of some rows in one block of columns. */
    private static void sddmm(int samples, int rows, boolean add, int[] offsets, int strip, char[] columns,
            long gradients,
            long inputs, float[] out, float[] lanes) {
        int end = offsets[strip + rows];
        int row = 0;
        for (int p = offsets[strip]; p < end; p += ENTRIES) {
            int next = Math.min(end, p + ENTRIES);
            while (offsets[strip + row + 1] <= p) {
                row++;
            }
            VectorSddmm.lanes(samples, p, next, offsets, strip, row, columns, gradients, inputs, lanes);
            int whole = next - p & -L;
            for (int i = 0; i < whole; i += L) {
                VectorSddmm.fold(lanes, i * L, add, out, p + i);
            }
            for (int i = whole; i < next - p; i++) {
                float sum = ScalarSparse.folded(lanes, i * L, L);
                out[p + i] = add ? out[p + i] + sum : sum;
            }
        }
    }

    /** The rows [from, to) of one sample. */
    private static void finish(int from, int to, float[] bias, FusedActivation activation, float[] y, int yo) {
        if (bias != null) {
            VectorElementwise.addTo(bias, from, y, yo + from, to - from);
        }
        if (activation == FusedActivation.RELU) {
            VectorElementwise.relu(y, yo + from, to - from);
        }
        curve(activation, to - from, y, yo + from);
    }

    /** The activations that are no part of the loops over the entries. */
    private static void curve(FusedActivation activation, int n, float[] y, int yo) {
        switch (activation) {
            case NONE, RELU -> {}
            case TANH -> VectorMath.tanh(y, yo, y, yo, n);
            case SIGMOID -> VectorMath.sigmoid(y, yo, y, yo, n);
            case GELU -> VectorMath.gelu(y, yo, y, yo, n);
        }
    }
}
