package org.espalier.kernel;

import static org.espalier.kernel.VectorSparseSlots.INPUTS;
import static org.espalier.kernel.VectorSparseSlots.SUMS;

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
            long line = VectorSparseSlots.inputs(slot) + (long) i * vectors * BYTES;
            for (int v = 0; v < whole; v++) {
                FloatVector.fromArray(S, x, from + v * L).intoMemorySegment(INPUTS, line + v * BYTES, ORDER);
            }
            if (whole * L < samples) {
                FloatVector.fromArray(S, x, from + whole * L, rest)
                        .intoMemorySegment(INPUTS, line + whole * BYTES, ORDER);
            }
        }
    }

    /** The same from batch × features. */
    static void transpose(int slot, int features, int samples, int vectors, float[] x, int xo, int ldx) {
        long line = vectors * BYTES;
        for (int j = 0; j < samples; j += STRIP) {
            int some = Math.min(STRIP, samples - j);
            long at = VectorSparseSlots.inputs(slot) + (long) j * Float.BYTES;
            if (L == STRIP && features >= STRIP) {
                VectorSparseTranspose512.in(some, features, x, xo + j * ldx, ldx, at, line);
            } else {
                for (int i = 0; i < features; i++) {
                    for (int s = 0; s < some; s++) {
                        INPUTS.set(ValueLayout.JAVA_FLOAT, at + i * line + s * 4L, x[xo + (j + s) * ldx + i]);
                    }
                }
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
            long from = VectorSparseSlots.sums(slot) + (long) r * vectors * BYTES;
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
            float[] y, int yo, int ldy) {
        long line = vectors * BYTES;
        int whole = L == STRIP && rows >= STRIP ? samples / STRIP * STRIP : 0;
        for (int j = 0; j < whole; j += STRIP) {
            VectorSparseTranspose512.out(rows, VectorSparseSlots.sums(slot) + (long) j * Float.BYTES, line, bias, bo,
                    floor, y, yo + j * ldy, ldy);
        }
        for (int r = 0; r < rows && whole < samples; r++) {
            float b = bias == null ? -0f : bias[bo + r];
            long from = VectorSparseSlots.sums(slot) + r * line;
            for (int j = whole; j < samples; j++) {
                y[yo + j * ldy + r] = Math.max(SUMS.get(ValueLayout.JAVA_FLOAT, from + j * 4L) + b, floor);
            }
        }
    }
}
