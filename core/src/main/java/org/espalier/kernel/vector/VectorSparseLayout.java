package org.espalier.kernel.vector;

import static org.espalier.kernel.vector.OffHeapScratch.INPUTS;
import static org.espalier.kernel.vector.OffHeapScratch.SUMS;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Brings samples into a slot, feature after feature and the samples of each side by side in whole vectors, and the sums
 * of a slot out of it. What fills up a vector is left undefined.
 */
final class VectorSparseLayout {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final long BYTES = (long) L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Samples, features or rows that are transposed together. */
    private static final int STRIP = 16;

    /** Columns that go through the scratch together, and what lies between its rows: with them 17 KB. */
    private static final int PART = 256;
    private static final int APART = PART + STRIP;

    /** Rows, and most samples, that narrow vectors take through the scratch together, and its samples' distance. */
    private static final int NARROW_PART = 64;
    private static final int NARROW_APART = NARROW_PART + STRIP;

    /** Floats that transposition may need for itself, whichever way it goes: the larger of the two. */
    static final int SCRATCH = NARROW_PART * NARROW_APART;

    private VectorSparseLayout() {}

    /**
     * Copies inputs from features × batch.
     *
     * @param vectors how many vectors hold the samples of a feature
     */
    static void copy(int slot, int features, int samples, int vectors, float[] x, int xo, int ldx) {
        int whole = samples / L;
        var rest = S.indexInRange(whole * L, samples);
        for (int i = 0; i < features; i++) {
            int from = xo + i * ldx;
            long line = OffHeapScratch.inputs(slot) + (long) i * vectors * BYTES;
            for (int v = 0; v < whole; v++) {
                FloatVector.fromArray(S, x, from + v * L).intoMemorySegment(INPUTS, line + v * BYTES, ORDER);
            }
            if (whole * L < samples) {
                FloatVector.fromArray(S, x, from + whole * L, rest)
                        .intoMemorySegment(INPUTS, line + whole * BYTES, ORDER);
            }
        }
    }

    /**
     * The same from batch × features, to byte {@code to}.
     *
     * @param scratch {@value #SCRATCH} floats
     */
    static void transpose(long to, int features, int samples, int vectors, float[] x, int xo, int ldx,
            float[] scratch) {
        long line = vectors * BYTES;
        for (int j = 0; j < samples; j += STRIP) {
            int some = Math.min(STRIP, samples - j);
            long at = to + (long) j * Float.BYTES;
            if (L == STRIP && features >= STRIP) {
                for (int i = 0, count; i < features; i += count) {
                    count = clash(ldx) ? part(features - i) : features;
                    int from = xo + j * ldx + i;
                    for (int s = 0; s < some && clash(ldx); s++) {
                        System.arraycopy(x, from + s * ldx, scratch, s * APART, count);
                    }
                    VectorTranspose512.in(some, count, clash(ldx) ? scratch : x, clash(ldx) ? 0 : from,
                            clash(ldx) ? APART : ldx, at + i * line, line);
                }
            } else if (L < STRIP && features >= VectorTransposeNarrow.COLUMNS && samples >= L) {
                for (int s = 0; s < some; s += L) {
                    // the last strip is moved back to end with the samples
                    int first = Math.min(j + s, samples - L);
                    VectorTransposeNarrow.in(features, x, xo + first * ldx, ldx, to + first * 4L, line);
                }
            } else {
                for (int i = 0; i < features; i++) {
                    for (int s = 0; s < some; s++) {
                        INPUTS.set(ValueLayout.JAVA_FLOAT, at + i * line + s * 4L, x[xo + (j + s) * ldx + i]);
                    }
                }
            }
        }
    }

    /** Whether rows so far apart share few sets of the L1 cache: sixteen of them drive each other out. */
    private static boolean clash(int ld) {
        return ld % PART == 0;
    }

    /** How many of the columns that are left to take through the scratch: no rest of fewer than a strip. */
    private static int part(int left) {
        return left < PART + STRIP ? left : PART;
    }

    /** The same, filled up with a value. */
    static void transposeAndPad(long to, int features, int samples, int vectors, float[] x, int xo, int ldx,
            float padding, float[] scratch) {
        transpose(to, features, samples, vectors, x, xo, ldx, scratch);
        for (int v = samples / L; v < vectors; v++) {
            var beyond = S.indexInRange(0, Math.max(0, samples - v * L)).not();
            for (int i = 0; i < features; i++) {
                long at = to + ((long) i * vectors + v) * BYTES;
                FloatVector.fromMemorySegment(S, INPUTS, at, ORDER).blend(padding, beyond)
                        .intoMemorySegment(INPUTS, at, ORDER);
            }
        }
    }

    /**
     * Writes activation(sums + bias), rows × samples, where the activation is a maximum.
     *
     * @param bo where the bias of the first row is
     */
    static void deliver(int slot, int rows, int samples, int vectors, float[] bias, int bo, float floor, float[] y,
            int yo, int ldy) {
        int whole = samples / L;
        var rest = S.indexInRange(whole * L, samples);
        for (int r = 0; r < rows; r++) {
            // adding −0 changes nothing
            float b = bias == null ? -0f : bias[bo + r];
            long from = OffHeapScratch.sums(slot) + (long) r * vectors * BYTES;
            int to = yo + r * ldy;
            for (int v = 0; v < whole; v++) {
                FloatVector.fromMemorySegment(S, SUMS, from + v * BYTES, ORDER).add(b).max(floor)
                        .intoArray(y, to + v * L);
            }
            if (whole * L < samples) {
                FloatVector.fromMemorySegment(S, SUMS, from + whole * BYTES, ORDER).add(b).max(floor)
                        .intoArray(y, to + whole * L, rest);
            }
        }
    }

    /** The same as samples × rows. */
    static void deliverTransposed(int slot, int rows, int samples, int vectors, float[] bias, int bo, float floor,
            float[] y, int yo, int ldy, float[] scratch) {
        long line = vectors * BYTES;
        long sums = OffHeapScratch.sums(slot);
        if (L == STRIP && rows >= STRIP && samples >= STRIP) {
            for (int i = 0; i < samples; i += STRIP) {
                // the last strip is moved back to end with the samples
                int j = Math.min(i, samples - STRIP);
                for (int r = 0, count; r < rows; r += count) {
                    count = clash(ldy) ? part(rows - r) : rows;
                    int to = yo + j * ldy + r;
                    VectorTranspose512.out(count, sums + (long) j * Float.BYTES + r * line, line, bias, bo + r,
                            floor, clash(ldy) ? scratch : y, clash(ldy) ? 0 : to, clash(ldy) ? APART : ldy);
                    for (int s = 0; s < STRIP && clash(ldy); s++) {
                        System.arraycopy(scratch, s * APART, y, to + s * ldy, count);
                    }
                }
            }
            return;
        }
        if (L < STRIP && rows >= L && samples >= VectorTransposeNarrow.COLUMNS) {
            int part = clash(ldy) ? NARROW_PART : rows;
            for (int r = 0; r < rows; r += part) {
                int first = Math.max(0, Math.min(r, rows - part));
                deliverNarrow(sums + first * line, Math.min(part, rows), samples, line, bias, bo + first, floor, y,
                        yo + first, ldy, scratch);
            }
            return;
        }
        for (int r = 0; r < rows; r++) {
            float b = bias == null ? -0f : bias[bo + r];
            long from = sums + r * line;
            for (int j = 0; j < samples; j++) {
                y[yo + j * ldy + r] = Math.max(SUMS.get(ValueLayout.JAVA_FLOAT, from + j * 4L) + b, floor);
            }
        }
    }

    /**
     * The same on vectors of fewer lanes than a strip has. They write less than a cache line of each sample, so where
     * samples drive each other out of the L1 cache, {@value #NARROW_PART} rows at most are put together in the scratch.
     */
    private static void deliverNarrow(long sums, int rows, int samples, long line, float[] bias, int bo, float floor,
            float[] y, int yo, int ldy, float[] scratch) {
        boolean clash = clash(ldy);
        for (int i = 0; i < rows; i += L) {
            int r = Math.min(i, rows - L);
            VectorTransposeNarrow.out(samples, sums + r * line, line, bias, bo + r, floor, clash ? scratch : y,
                    clash ? r : yo + r, clash ? NARROW_APART : ldy);
        }
        for (int s = 0; s < samples && clash; s++) {
            System.arraycopy(scratch, s * NARROW_APART, y, yo + s * ldy, rows);
        }
    }
}
