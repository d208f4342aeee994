package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The simple loops along rows: sums of two arrays, shifts and scalings of a row, ReLU. A maximum with zero is a
 * selection, as {@code max} takes several instructions for NaN and −0.
 */
final class VectorElementwise {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorElementwise() {}

    /** y += x. */
    static void addTo(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(S, y, yo + i).add(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] += x[xo + i];
        }
    }

    /** y = a where b &gt; 0, otherwise +0. */
    static void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            VectorMask<Float> open = FloatVector.fromArray(S, b, bo + i).compare(VectorOperators.GT, 0f);
            FloatVector.zero(S).blend(FloatVector.fromArray(S, a, ao + i), open).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = b[bo + i] > 0 ? a[ao + i] : 0f;
        }
    }

    /** y = max(y + x, +0). */
    static void addToAndRelu(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector sum = FloatVector.fromArray(S, y, yo + i).add(FloatVector.fromArray(S, x, xo + i));
            sum.blend(0f, sum.compare(VectorOperators.LE, 0f)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = Math.max(y[yo + i] + x[xo + i], 0f);
        }
    }

    /** y = max(y, +0). */
    static void relu(float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, y, yo + i);
            v.blend(0f, v.compare(VectorOperators.LE, 0f)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = Math.max(y[yo + i], 0f);
        }
    }

    /** y = x − s. */
    static void subtract(float s, float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(S, x, xo + i).sub(s).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = x[xo + i] - s;
        }
    }

    /** y = y / s. */
    static void divide(float s, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector.fromArray(S, y, yo + i).div(s).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] /= s;
        }
    }
}
