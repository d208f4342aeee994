package org.espalier.kernel.vector;

import java.util.Arrays;
import org.espalier.kernel.ScalarKernels;
import org.espalier.kernel.Scratch;

/**
 * Matrix product for the Vector API.
 *
 * <p>Idea: take C by panels of columns as wide as a register tile. Copy the panel of op(B) into consecutive memory,
 * where it stays in the L2 cache, and run {@link VectorTile} down the rows of A, which is read in place: an element of
 * A feeds 64 multiply-adds each time it comes from a far cache, so packing A, as in Goto and van de Geijn ("Anatomy of
 * High-Performance Matrix Multiplication", 2008), would cost more than it saves for the sizes met here. Where tiles are
 * narrower than that, a few panels are taken together. Panels of a small op(B) are not copied either. When B has to be
 * transposed and A is smaller, Cᵀ = op(B)ᵀ · op(A)ᵀ is computed instead, and transposed; a deep A stored by columns is
 * transposed first. One row alone is {@link VectorRow}.
 *
 * <p>Invariant: pieces of the reduction dimension are taken in ascending order and each starts from what the one before
 * left in C, so every element is one chain of fused multiply-adds, whatever the sizes. Where a tile would stick out of
 * C its last vector is moved back; a C narrower than a vector is computed in a buffer and copied in part. Cost: m·n·k
 * multiply-adds and at most k·n + 2·m·n elements copied.
 */
final class VectorGemm {
    /** The longest piece of the reduction dimension: a panel of that depth fills a quarter of a 1 MB L2 cache. */
    private static final int DEPTH = 1024;

    /** Largest m for which packing B does not pay. */
    private static final int FEW_ROWS = 12;

    /** Largest B, in elements, that stays in the L1 cache while it is read repeatedly. */
    private static final int SMALL = 8192;

    /** Largest k for which the same holds for a narrow product, which is then a stack of tiles. */
    private static final int SHALLOW = 128;

    /** Smallest m for which a transposed B is exchanged with a smaller A. */
    private static final int MANY_ROWS = 32;

    /** Rows of A transposed at a time. */
    private static final int TURNED_ROWS = 240;

    /** What one call packs into. */
    private static final class Buffers {
        private final int panelSize;
        private float[] panel;
        final float[] tile;
        final float[] zeros;
        float[] flipped = new float[0];

        Buffers(VectorTile kernel) {
            int width = kernel.widest * kernel.lanes;
            panelSize = Math.max(DEPTH * kernel.together * width, VectorRow.ELEMENTS);
            tile = new float[Math.max(VectorTile.ROWS * width, VectorTurnedRows.ROWS)];
            zeros = new float[width];
        }

        /** Made when first needed: packed matrices never need it. */
        float[] panel() {
            if (panel == null) {
                panel = new float[panelSize];
            }
            return panel;
        }

        float[] flipped(int size) {
            if (flipped.length < size) {
                flipped = new float[size];
            }
            return flipped;
        }
    }

    private final VectorTile kernel;
    private final int lanes;
    private final Scratch<Buffers> buffers;

    VectorGemm(VectorTile kernel) {
        this.kernel = kernel;
        this.lanes = kernel.lanes;
        this.buffers = new Scratch<>() {
            @Override
            protected Buffers make() {
                return new Buffers(kernel);
            }
        };
    }

    void multiply(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo,
            int ldb, boolean accumulate, float[] c, int co, int ldc) {
        if (!transB && !accumulate && k > 0 && k <= SHALLOW && kernel.stacks(m, n)) {
            kernel.stack(transA, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc);
            return;
        }
        if (k == 0) {
            if (!accumulate) {
                clear(m, n, c, co, ldc);
            }
            return;
        }
        Buffers own = buffers.lease();
        if (transB && m == 1 && (!transA || lda == 1)) {
            VectorRow.multiply(kernel, n, k, a, ao, b, bo, ldb, accumulate, c, co, own.panel(), own.tile);
        } else if (transB && m >= MANY_ROWS && (long) m * (n + k) < (long) n * k) {
            multiplyFlipped(own, transA, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
        } else if (transA && k >= kernel.manySteps && n >= VectorTile.COLUMNS) {
            // Rows a little apart from a power of two, or the columns written would share few sets of the caches.
            int ld = k + 16;
            float[] rows = own.flipped(Math.min(m, TURNED_ROWS) * ld);
            for (int i = 0; i < m; i += TURNED_ROWS) {
                int height = Math.min(TURNED_ROWS, m - i);
                VectorPacking.transpose(k, height, a, ao + i, lda, rows, 0, ld);
                multiplyPanels(own, false, transB, height, n, k, rows, 0, ld, b, bo, ldb, accumulate, c, co + i * ldc,
                        ldc);
            }
        } else {
            multiplyPanels(own, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
        }
        buffers.release(own);
    }

    private void multiplyPanels(Buffers own, boolean transA, boolean transB, int m, int n, int k, float[] a, int ao,
            int lda, float[] b, int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        for (int j = 0, panels, vectors; j < n; j += panels * vectors * lanes) {
            vectors = kernel.vectorsFor(n - j);
            panels = kernel.panelsFor(n - j);
            int columns = Math.min(panels * vectors * lanes, n - j);
            multiplyGroup(own, transA, transB, m, columns, panels, vectors, false, k, a, ao, lda, b,
                    bo + (transB ? j * ldb : j), ldb, accumulate, c, co + j, ldc);
        }
    }

    /** Elements of {@link #pack}'s result. */
    int packedSize(int k, int n) {
        int columns = 0;
        while (columns < n) {
            columns += kernel.vectorsFor(n - columns) * lanes;
        }
        return k * columns;
    }

    /** All panels of op(B), one after the other; without a vector if B is not transposed. */
    void pack(boolean transB, int k, int n, float[] b, int bo, int ldb, float[] packed) {
        for (int j = 0, vectors; j < n; j += vectors * lanes) {
            vectors = kernel.vectorsFor(n - j);
            int width = vectors * lanes;
            int columns = Math.min(width, n - j);
            if (transB) {
                VectorPacking.panel(true, columns, width, k, b, bo + j * ldb, ldb, packed, j * k);
                continue;
            }
            for (int p = 0; p < k; p++) {
                System.arraycopy(b, bo + p * ldb + j, packed, j * k + p * width, columns);
            }
        }
    }

    /** {@link #multiplyPacked} without a vector. */
    void multiplyPackedBy(ScalarKernels standIn, boolean transA, int m, int n, int k, float[] a, int ao, int lda,
            float[] packed, boolean accumulate, float[] c, int co, int ldc) {
        for (int j = 0, vectors; j < n; j += vectors * lanes) {
            vectors = kernel.vectorsFor(n - j);
            int width = vectors * lanes;
            standIn.gemm(transA, false, m, Math.min(width, n - j), k, a, ao, lda, packed, j * k, width, accumulate, c,
                    co + j, ldc);
        }
    }

    void multiplyPacked(boolean transA, int m, int n, int k, float[] a, int ao, int lda, float[] packed,
            boolean accumulate, float[] c, int co, int ldc) {
        if (k == 0) {
            if (!accumulate) {
                clear(m, n, c, co, ldc);
            }
            return;
        }
        Buffers own = buffers.lease();
        if (m == 1 && !accumulate && (!transA || lda == 1)) {
            VectorPackedRow.multiply(kernel, n, k, a, ao, packed, c, co, own.tile);
            buffers.release(own);
            return;
        }
        for (int j = 0, panels, vectors; j < n; j += panels * vectors * lanes) {
            vectors = kernel.vectorsFor(n - j);
            panels = kernel.panelsFor(n - j);
            int width = vectors * lanes;
            int columns = Math.min(panels * width, n - j);
            for (int p = 0, depth; p < k; p += depth) {
                depth = Math.min(DEPTH, k - p);
                tiles(own, transA, m, columns, panels, vectors, columns >= lanes, depth, a,
                        ao + (transA ? p * lda : p), lda, packed, j * k + p * width, width, k * width,
                        p == 0 && !accumulate, c, co + j, ldc);
            }
        }
        buffers.release(own);
    }

    private static void clear(int m, int n, float[] c, int co, int ldc) {
        for (int i = 0; i < m; i++) {
            Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0f);
        }
    }

    /** Whether rows of B stay in the L1 cache between two readings: neither too many nor all in the same sets. */
    private static boolean isNear(int k, int columns, int ldb) {
        return k * columns <= SMALL && ((long) k * ldb <= SMALL || ldb % 128 != 0);
    }

    /** Neighbouring panels of C, [m × columns]; {@code roomy} if each row has room for whole vectors. */
    private void multiplyGroup(Buffers own, boolean transA, boolean transB, int m, int columns, int panels,
            int vectors, boolean roomy, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb,
            boolean accumulate, float[] c, int co, int ldc) {
        int width = vectors * lanes;
        boolean whole = roomy || columns >= lanes;
        boolean inPlace = !transB && columns >= lanes && (m <= FEW_ROWS || isNear(k, columns, ldb));
        for (int p = 0, depth; p < k; p += depth) {
            depth = Math.min(DEPTH, k - p);
            boolean fresh = p == 0 && !accumulate;
            int aAt = ao + (transA ? p * lda : p);
            int bAt = bo + (transB ? p : p * ldb);
            if (inPlace) {
                tiles(own, transA, m, columns, panels, vectors, whole, depth, a, aAt, lda, b, bAt, ldb, width, fresh, c,
                        co, ldc);
            } else {
                VectorPacking.panels(transB, columns, panels, width, depth, b, bAt, ldb, own.panel());
                tiles(own, transA, m, columns, panels, vectors, whole, depth, a, aAt, lda, own.panel(), 0, width,
                        depth * width, fresh, c, co, ldc);
            }
        }
    }

    /** Cᵀ = op(B)ᵀ · op(A)ᵀ by panels, transposed into their rows of C. B is stored transposed, so read by rows. */
    private void multiplyFlipped(Buffers own, boolean transA, int m, int n, int k, float[] a, int ao, int lda,
            float[] b, int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        for (int i = 0, panels, vectors; i < m; i += panels * vectors * lanes) {
            vectors = kernel.vectorsFor(m - i);
            panels = kernel.panelsFor(m - i);
            int width = panels * vectors * lanes;
            int rows = Math.min(width, m - i);
            float[] turned = own.flipped(n * width);
            if (accumulate) {
                VectorPacking.transpose(rows, n, c, co + i * ldc, ldc, turned, 0, width);
            }
            multiplyGroup(own, false, !transA, n, rows, panels, vectors, true, k, b, bo, ldb, a,
                    ao + (transA ? i : i * lda), lda, accumulate, turned, 0, width);
            VectorPacking.transpose(n, rows, turned, 0, width, c, co + i * ldc, ldc);
        }
    }

    /** The tiles of neighbouring panels, from top to bottom; from one panel of B to the next, {@code apart}. */
    private void tiles(Buffers own, boolean transA, int m, int columns, int panels, int vectors, boolean whole,
            int depth, float[] a, int ao, int lda, float[] b, int bo, int ldb, int apart, boolean fresh, float[] c,
            int co, int ldc) {
        int width = vectors * lanes;
        int last = panels > 1 ? width - lanes : Math.max(0, columns - lanes);
        int stacked = fresh && panels == 1
                ? kernel.stack(transA, m, columns, depth, a, ao, lda, b, bo, ldb, c, co, ldc)
                : 0;
        for (int i = stacked, height; i < m; i += height) {
            height = VectorTile.heightFor(m - i);
            int aAt = ao + (transA ? i : i * lda);
            for (int panel = 0; panel < panels; panel++) {
                int bAt = bo + panel * apart;
                int cAt = co + i * ldc + panel * width;
                if (whole && fresh) {
                    kernel.run(transA, height, vectors, last, depth, a, aAt, lda, b, bAt, ldb, own.zeros, 0, 0, c, cAt,
                            ldc);
                } else if (whole) {
                    kernel.run(transA, height, vectors, last, depth, a, aAt, lda, b, bAt, ldb, c, cAt, ldc, c, cAt,
                            ldc);
                } else {
                    float[] from = fresh ? own.zeros : own.tile;
                    if (!fresh) {
                        VectorPacking.copy(height, columns, c, cAt, ldc, own.tile, 0, width);
                    }
                    kernel.run(transA, height, vectors, last, depth, a, aAt, lda, b, bAt, ldb, from, 0,
                            fresh ? 0 : width, own.tile, 0, width);
                    VectorPacking.copy(height, columns, own.tile, 0, width, c, cAt, ldc);
                }
            }
        }
    }
}
