package org.espalier.kernel.warmup;

import java.util.Arrays;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;

/**
 * Makes the compiler take the vector kernels for sparse matrices: runs each family on small data until it is faster
 * than its stand-in, as {@link WarmUp} does for the dense ones. The batch reaches every width of a panel.
 */
final class WarmUpSparse implements Runnable {
    private static final int ROUNDS = 4000;
    private static final int ROWS = 64;
    private static final int COLS = 96;
    private static final int PER_ROW = 12;
    private static final int BATCH = 128;

    private final WarmingSparse kernels;
    private final int[] offsets = new int[ROWS + 1];
    private final char[] columns = new char[ROWS * PER_ROW];
    private final float[] values = new float[ROWS * PER_ROW * 16];
    private final int[] order = new int[ROWS];
    private final int[] slots = {0, PER_ROW};
    private final char[] steps = new char[PER_ROW];
    private final byte[] indices = new byte[PER_ROW * SparseKernels.PERMUTE_ROWS];
    private final long[] bits = new long[COLS];
    private final float[] x = new float[COLS * BATCH];
    private final float[] y = new float[ROWS * BATCH];

    WarmUpSparse(WarmingSparse kernels) {
        this.kernels = kernels;
        for (int r = 0; r < ROWS; r++) {
            order[r] = r;
            offsets[r + 1] = (r + 1) * PER_ROW;
            for (int i = 0; i < PER_ROW; i++) {
                columns[r * PER_ROW + i] = (char) (i * (COLS / PER_ROW) + r % (COLS / PER_ROW));
            }
        }
        Arrays.fill(bits, 0x1248_1248_1248_1248L);
        for (int s = 0; s < PER_ROW; s++) {
            steps[s] = (char) (s * (COLS / PER_ROW) / SparseKernels.PERMUTE_STEP);
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) (i * 7 % SparseKernels.PERMUTE_STEP);
        }
    }

    @Override
    public void run() {
        for (var family : WarmingSparse.Family.values()) {
            if (CompileContest.won(ROUNDS, () -> time(family, kernels.standIn()),
                    () -> time(family, kernels.warming()))) {
                kernels.switchOver(family);
            }
        }
        kernels.end();
    }

    private long time(WarmingSparse.Family family, SparseKernels subject) {
        long start = System.nanoTime();
        switch (family) {
            case ROWS -> batches(subject, 1);
            case BLOCKS -> batches(subject, 4);
            case GRADIENTS -> {
                for (int batch = 16; batch <= BATCH; batch += 16) {
                    subject.sddmm(ROWS, 0, ROWS, COLS, batch, COLS, offsets, columns, y, x, values);
                }
            }
            case SINGLE -> {
                for (int i = 0; i < 10; i++) {
                    for (int height : new int[] {1, 4, 16}) {
                        subject.csrVector(
                                height, ROWS, 0, ROWS, COLS, COLS, offsets, columns, values, x, 0, x,
                                FusedActivation.RELU,
                                y, 0);
                    }
                    subject.permuteVector(
                            ROWS, 0, ROWS, COLS, order, slots, steps, indices, values, x, 0, x, FusedActivation.RELU, y,
                            0);
                    subject.bitmapVector(0, ROWS, COLS, slots, bits, values, x, 0, x, FusedActivation.RELU, y, 0);
                }
            }
        }
        return System.nanoTime() - start;
    }

    private void batches(SparseKernels subject, int height) {
        for (int batch : new int[] {16, 32, 48, BATCH}) {
            subject.csr(false, false, height, ROWS, 0, ROWS, COLS, batch, COLS, offsets, columns, values, x, 0, batch,
                    null, FusedActivation.RELU, y, 0, batch);
            subject.csr(true, true, height, ROWS, 0, ROWS, COLS, batch, COLS, offsets, columns, values, x, 0, COLS, x,
                    FusedActivation.RELU, y, 0, ROWS);
        }
    }
}
