package org.espalier.kernel;

/**
 * Matrix product for the Vector API.
 *
 * <p>Idea (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008): cut the product so that a
 * panel of B stays in the first-level cache and a block of A in the second while {@link VectorTile} runs over them, and
 * copy both into the order in which it reads them. Tiles that stick out of C are computed whole in a buffer of their own
 * and copied back in part.
 *
 * <p>Invariant: blocks of the summed index are taken in ascending order and each tile starts from what the blocks before
 * it left in C, so every element is one chain of fused multiply-adds, whatever the block sizes. Cost: m·n·k multiply-adds;
 * k·n + m·k·⌈n / {@value #COLUMNS}⌉ elements copied.
 */
final class VectorGemm {
    private static final int DEPTH = VectorTile.DEPTH;

    /** Rows of A packed at a time: a multiple of every tile height. */
    private static final int ROWS = 240;

    /** Columns of B packed at a time. */
    private static final int COLUMNS = 1024;

    /** Packed operands of one thread. */
    private static final class Buffers {
        final float[] a = new float[ROWS * DEPTH];
        final float[] b = new float[COLUMNS * DEPTH];
        final float[] tile;
        final float[] zeros;

        Buffers(VectorTile kernel) {
            tile = new float[kernel.rows * 2 * kernel.lanes];
            zeros = new float[2 * kernel.lanes];
        }
    }

    private final VectorTile kernel;
    private final ThreadLocal<Buffers> buffers;

    VectorGemm(VectorTile kernel) {
        this.kernel = kernel;
        this.buffers = ThreadLocal.withInitial(() -> new Buffers(kernel));
    }

    void multiply(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo,
            int ldb, boolean accumulate, float[] c, int co, int ldc) {
        Buffers own = buffers.get();
        for (int j0 = 0; j0 < n; j0 += COLUMNS) {
            int width = Math.min(COLUMNS, n - j0);
            for (int p0 = 0, depth; p0 < k || p0 == 0; p0 += depth) {
                depth = depthAt(p0, k);
                if (transB) {
                    VectorPacking.panelsTransposed(width, depth, b, bo + j0 * ldb + p0, ldb, own.b, 0);
                } else {
                    VectorPacking.panels(width, depth, b, bo + p0 * ldb + j0, ldb, own.b, 0);
                }
                boolean fresh = p0 == 0 && !accumulate;
                block(own, transA, m, width, depth, a, ao + (transA ? p0 * lda : p0), lda, own.b, 0, fresh, c, co + j0,
                        ldc);
                depth = Math.max(depth, 1);
            }
        }
    }

    /** The length of the next piece of the summed index: as equal as multiples of 16 allow. */
    static int depthAt(int p0, int k) {
        int left = k - p0;
        int pieces = (left + DEPTH - 1) / DEPTH;
        return pieces <= 1 ? left : Math.min(DEPTH, ((left + pieces - 1) / pieces + 15) & -16);
    }

    /** C = A · B or C += A · B for one piece of the summed index and packed panels of B. */
    private void block(Buffers own, boolean transA, int m, int n, int depth, float[] a, int ao, int lda, float[] b,
            int bo, boolean fresh, float[] c, int co, int ldc) {
        for (int i0 = 0; i0 < m; i0 += ROWS) {
            int height = Math.min(ROWS, m - i0);
            if (transA) {
                VectorPacking.transpose(depth, height, a, ao + i0, lda, own.a, 0, DEPTH);
            } else {
                VectorPacking.copy(height, depth, a, ao + i0 * lda, lda, own.a, 0, DEPTH);
            }
            for (int j = 0; j < n; j += 2 * kernel.lanes) {
                int columns = Math.min(2 * kernel.lanes, n - j);
                for (int i = 0; i < height; i += kernel.rows) {
                    int rows = Math.min(kernel.rows, height - i);
                    tile(own, rows, columns, depth, i * DEPTH, b, bo + j * depth, fresh, c, co + (i0 + i) * ldc + j,
                            ldc);
                }
            }
        }
    }

    private void tile(Buffers own, int rows, int columns, int depth, int ao, float[] b, int bo, boolean fresh,
            float[] c, int co, int ldc) {
        int height = (rows + kernel.step - 1) / kernel.step * kernel.step;
        boolean wide = columns > kernel.lanes;
        int width = wide ? 2 * kernel.lanes : kernel.lanes;
        if (rows == height && columns == width) {
            if (fresh) {
                kernel.run(height, wide, depth, own.a, ao, b, bo, own.zeros, 0, 0, c, co, ldc);
            } else {
                kernel.run(height, wide, depth, own.a, ao, b, bo, c, co, ldc, c, co, ldc);
            }
            return;
        }
        if (fresh) {
            kernel.run(height, wide, depth, own.a, ao, b, bo, own.zeros, 0, 0, own.tile, 0, width);
        } else {
            VectorPacking.copy(rows, columns, c, co, ldc, own.tile, 0, width);
            kernel.run(height, wide, depth, own.a, ao, b, bo, own.tile, 0, width, own.tile, 0, width);
        }
        VectorPacking.copy(rows, columns, own.tile, 0, width, c, co, ldc);
    }
}
