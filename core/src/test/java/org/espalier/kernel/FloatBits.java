package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

/** Inputs that reach every branch, and comparison of results bit by bit (all NaN count as one). */
public final class FloatBits {
    public static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
        -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 0.625f, -0.625f,
        0.99999994f, 88.72284f, 88.72283f, -87.33655f, -103.97208f, -105f, 89f, 9f, 10f, 4f, -16f, 1e-30f
    };

    private FloatBits() {}

    /** Special values, floats of any bits, and everyday numbers. */
    public static float[] mixed(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = switch (random.nextInt(4)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> Float.intBitsToFloat(random.nextInt());
                default -> (float) (random.nextGaussian() * 5);
            };
        }
        return x;
    }

    public static float[] normal(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    public static void assertSame(float expected, float actual, String what) {
        assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(actual),
                () -> what + ": " + expected + " expected, got " + actual);
    }

    public static void assertSame(float[] expected, float[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertSame(expected[i], actual[i], what + " [" + i + "]");
        }
    }
}
