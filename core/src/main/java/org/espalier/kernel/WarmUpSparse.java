package org.espalier.kernel;

/**
 * Makes the compiler take the vector kernels for sparse matrices: runs each family on small data until it is faster
 * than its stand-in, as {@link WarmUp} does for the dense ones. The batch reaches every width of a panel.
 */
final class WarmUpSparse implements Runnable {
    private static final int ROUNDS = 4000;
    private static final int ROWS = 64;
    private static final int COLS = 96;
    private static final int PER_ROW = 12;
    private static final int BATCH = 128 + 32 + 16;

    private final WarmingSparse kernels;
    private final int[] offsets = new int[ROWS + 1];
    private final int[] columns = new int[ROWS * PER_ROW];
    private final char[] narrow = new char[ROWS * PER_ROW];
    private final float[] values = new float[ROWS * PER_ROW * 16];
    private final int[] order = new int[ROWS];
    private final int[] slots = new int[ROWS / SparseKernels.PERMUTE_ROWS * (COLS / SparseKernels.PERMUTE_STEP) + 1];
    private final byte[] indices;
    private final float[] x = new float[COLS * BATCH];
    private final float[] y = new float[ROWS * BATCH];

    WarmUpSparse(WarmingSparse kernels) {
        this.kernels = kernels;
        for (int r = 0; r < ROWS; r++) {
            order[r] = r;
            offsets[r + 1] = (r + 1) * PER_ROW;
            for (int i = 0; i < PER_ROW; i++) {
                columns[r * PER_ROW + i] = i * (COLS / PER_ROW) + r % (COLS / PER_ROW);
                narrow[r * PER_ROW + i] = (char) columns[r * PER_ROW + i];
            }
        }
        for (int t = 1; t < slots.length; t++) {
            slots[t] = slots[t - 1] + PER_ROW / 6;
        }
        indices = new byte[slots[slots.length - 1] * SparseKernels.PERMUTE_ROWS];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) (i * 7 % SparseKernels.PERMUTE_STEP);
        }
    }

    @Override
    public void run() {
        for (var family : WarmingSparse.Family.values()) {
            if (Race.won(ROUNDS, () -> time(family, kernels.standIn()), () -> time(family, kernels.warming()))) {
                kernels.switchOver(family);
            }
        }
        kernels.end();
    }

    private long time(WarmingSparse.Family family, SparseKernels subject) {
        long start = System.nanoTime();
        switch (family) {
            case ROWS -> {
                for (int batch : new int[] {16, 32, BATCH}) {
                    subject.csr(false, ROWS, COLS, batch, COLS, offsets, narrow, values, x, 0, batch, null,
                            Activation.RELU, y, 0, batch);
                    subject.csr(true, ROWS, COLS, batch, COLS, offsets, narrow, values, x, 0, COLS, null,
                            Activation.RELU, y, 0, batch);
                }
            }
            case BLOCKS -> {
                for (int batch : new int[] {16, 32, BATCH}) {
                    subject.blocks(false, 4, ROWS, COLS, batch, offsets, columns, values, x, 0, batch, null,
                            Activation.RELU, y, 0, batch);
                    subject.blocks(true, 4, ROWS, COLS, batch, offsets, columns, values, x, 0, COLS, null,
                            Activation.RELU, y, 0, batch);
                }
            }
            case SINGLE -> {
                for (int i = 0; i < 10; i++) {
                    subject.csrVector(ROWS, COLS, COLS, offsets, narrow, values, x, 0, x, Activation.RELU, y, 0);
                    subject.blocksVector(4, ROWS, offsets, columns, values, x, 0, x, Activation.RELU, y, 0);
                    subject.blocksVector(16, ROWS, offsets, columns, values, x, 0, x, Activation.RELU, y, 0);
                    subject.permuteVector(
                            ROWS, COLS, order, slots, indices, values, x, 0, x, Activation.RELU, y, 0);
                }
            }
        }
        return System.nanoTime() - start;
    }
}
