package org.espalier.kernel;

/**
 * The fused multiply-add of the products: a·b + c rounded once.
 *
 * <p>Where the processor has the instruction, {@link Math#fma(float, float, float)} is it. Where not, that method is
 * correct but computes with {@code BigDecimal}; {@link #emulated} gives the same bits in a dozen operations. Which of
 * the two runs is found by a short timing, which can therefore affect speed only.
 */
public final class Fma {
    /** Whether {@link Math#fma(float, float, float)} is one instruction here. */
    public static final boolean HARDWARE = probe();

    private static final int TRIES = 8;
    private static final int CALLS = 64;

    /** Between the cost of the instruction in the interpreter and that of BigDecimal, which differ a hundredfold. */
    private static final long NANOS_PER_CALL = 500;

    private Fma() {}

    /** a·b + c, rounded once. */
    public static float of(float a, float b, float c) {
        return HARDWARE ? Math.fma(a, b, c) : emulated(a, b, c);
    }

    /**
     * The product of two floats is exact in double precision. Its sum with c is not, so it is rounded to odd: where
     * it is inexact and ends in an even bit, it moves one step towards the exact sum. Rounding that to float gives
     * the correctly rounded result (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008).
     */
    static float emulated(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double part = sum - product;
        double error = (product - (sum - part)) + (c - part);
        if (Math.abs(sum) < Double.POSITIVE_INFINITY && error != 0) {
            long bits = Double.doubleToRawLongBits(sum);
            if ((bits & 1) == 0) {
                sum = Double.longBitsToDouble(error > 0 == sum > 0 ? bits + 1 : bits - 1);
            }
        }
        return (float) sum;
    }

    private static boolean probe() {
        float x = 1.1f;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                x = Math.fma(x, 0.999f, 0.001f);
            }
            // x stays near 1; asking keeps the loop from being removed.
            if (System.nanoTime() - start < CALLS * NANOS_PER_CALL && x > 0) {
                return true;
            }
        }
        return false;
    }
}
