package org.espalier.kernel.warmup;

import java.util.Arrays;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;

/** A family of sparse kernels, and the small data it runs on. Batches reach each number of vectors. */
final class SparseFamily extends Family {
    /** What a family computes. */
    enum Kind {
        ROWS,
        BLOCKS,
        GRADIENTS,
        ONE_ROWS,
        ONE_BLOCKS,
        ONE_SELL,
        ONE_PERMUTE,
        ONE_BITMAP
    }

    private static final int ROWS = 64;
    private static final int COLS = 96;
    private static final int PER_ROW = 12;
    private static final int BATCH = 128;

    /** Single samples take so little that several make a round. */
    private static final int TIMES = 10;

    private final Kind kind;
    private final SparseKernels scalar;
    private final SparseKernels vector;
    private Data data;

    /** Made when the warm-up begins, and dropped with it. */
    private static final class Data {
        final int[] offsets = new int[ROWS + 1];
        final char[] columns = new char[ROWS * PER_ROW];
        final float[] values = new float[ROWS * PER_ROW * 16];
        final SparseKernels.Permute permute;
        final SparseKernels.Permute broadcast;
        final SparseKernels.Bitmap bitmap;
        final float[] x = new float[COLS * BATCH];
        final float[] y = new float[ROWS * BATCH];
        final SparseKernels.Sell sell;

        Data(int lanes) {
            var order = new int[ROWS];
            var slots = new int[] {0, PER_ROW};
            var bits = new long[COLS];
            for (int r = 0; r < ROWS; r++) {
                order[r] = r;
                offsets[r + 1] = (r + 1) * PER_ROW;
                for (int i = 0; i < PER_ROW; i++) {
                    columns[r * PER_ROW + i] = (char) (i * (COLS / PER_ROW) + r % (COLS / PER_ROW));
                }
            }
            Arrays.fill(bits, 0x1248_1248_1248_1248L);
            permute = permute(Math.max(4, lanes), order);
            broadcast = new SparseKernels.Permute(
                    permute.lanes(), order, permute.slots(), permute.bases(), new int[0], values);
            int slices = ROWS / SparseKernels.SELL_ROWS;
            var sellSteps = new int[slices + 1];
            var packed = new long[slices * PER_ROW];
            for (int s = 0; s < slices; s++) {
                sellSteps[s + 1] = (s + 1) * PER_ROW;
                for (int i = 0; i < PER_ROW; i++) {
                    packed[s * PER_ROW + i] = i * 0x0004_0003_0002_0001L;
                }
            }
            sell = new SparseKernels.Sell(order, sellSteps, packed, values, new int[ROWS + 1], new char[0],
                    new float[0]);
            bitmap = new SparseKernels.Bitmap(slots, bits, values);
        }

        SparseKernels.Csr rows(int height) {
            return new SparseKernels.Csr(height, ROWS, COLS, COLS, offsets, columns);
        }

        /** Slots enough for every group, all of them with the same indices. */
        private SparseKernels.Permute permute(int lanes, int[] order) {
            int group = SparseKernels.PERMUTE_VECTORS * lanes;
            int together = SparseKernels.Permute.together(lanes);
            int slots = Math.ceilDiv(PER_ROW, together) * together;
            var groups = new int[Math.ceilDiv(ROWS, group) + 1];
            for (int g = 1; g < groups.length; g++) {
                groups[g] = g * slots;
            }
            int all = groups[groups.length - 1];
            var places = new int[all / together * group];
            for (int i = 0; i < places.length; i++) {
                places[i] = i % 4;
            }
            return new SparseKernels.Permute(lanes, order, groups, new long[all], places, values);
        }
    }

    SparseFamily(WarmUp warmUp, Kind kind, SparseKernels scalar, SparseKernels vector) {
        super(warmUp);
        this.kind = kind;
        this.scalar = scalar;
        this.vector = vector;
    }

    @Override
    void run(boolean standIn) {
        if (data == null) {
            data = new Data(vector.permuteLanes());
        }
        var subject = standIn ? scalar : vector;
        switch (kind) {
            case ROWS -> batches(subject, 1);
            case BLOCKS -> batches(subject, 4);
            case GRADIENTS -> {
                for (int batch = 16; batch <= BATCH; batch += 16) {
                    subject.sddmm(data.rows(1), 0, ROWS, batch, data.y, data.x, data.values);
                }
            }
            default -> {
                for (int i = 0; i < TIMES; i++) {
                    single(subject);
                }
            }
        }
    }

    @Override
    void finished() {
        data = null;
    }

    private void single(SparseKernels subject) {
        switch (kind) {
            case ONE_ROWS -> compressed(subject, 1);
            case ONE_BLOCKS -> {
                compressed(subject, 4);
                compressed(subject, 8);
                compressed(subject, 16);
            }
            case ONE_SELL -> subject.sellVector(data.sell, 0, ROWS, COLS, data.x, 0, data.x, FusedActivation.RELU,
                    data.y, 0);
            case ONE_PERMUTE -> {
                permuted(subject, data.permute);
                if (data.permute.lanes() < 16) {
                    permuted(subject, data.broadcast);
                }
            }
            case ONE_BITMAP -> subject.bitmapVector(data.bitmap, 0, ROWS, COLS, data.x, 0, data.x,
                    FusedActivation.RELU, data.y, 0);
            default -> throw new IllegalStateException(kind.name());
        }
    }

    private void permuted(SparseKernels subject, SparseKernels.Permute w) {
        subject.permuteVector(w, 0, ROWS, COLS, data.x, 0, data.x, FusedActivation.RELU, data.y, 0);
    }

    private void compressed(SparseKernels subject, int height) {
        subject.csrVector(
                data.rows(height), data.values, 0, ROWS, data.x, 0, data.x, FusedActivation.RELU, data.y, 0);
    }

    private void batches(SparseKernels subject, int height) {
        var w = data.rows(height);
        for (int batch : new int[] {8, 16, 24, 32, 48, BATCH}) {
            subject.csr(w, data.values, false, false, 0, ROWS, batch, data.x, 0, batch, null, FusedActivation.RELU,
                    data.y, 0, batch);
            subject.csr(w, data.values, true, true, 0, ROWS, batch, data.x, 0, COLS, data.x, FusedActivation.RELU,
                    data.y, 0, ROWS);
        }
    }
}
