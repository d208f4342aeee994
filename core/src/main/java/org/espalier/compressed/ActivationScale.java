package org.espalier.compressed;

/**
 * How activations become integers from −128 to 127: x is code·scale − zeroPoint·scale. Affine: what is never
 * negative, such as the output of a ReLU, uses all 256 codes. Zero has a code of its own, the zero point, and comes
 * back as exactly zero.
 *
 * <p>The nearest code is the one of ONNX's {@code QuantizeLinear}: x/scale in float32, halves to even, plus the zero
 * point, saturated. Source: Jacob et al. 2018, arXiv 1712.05877.
 *
 * @param scale the distance of two codes, positive and finite
 * @param zeroPoint the code of zero, −128 to 127
 */
public record ActivationScale(float scale, int zeroPoint) {
    private static final int CODES = 255;

    /** Refuses what cannot be a scale. */
    public ActivationScale {
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("an activation scale must be positive and finite: " + scale);
        }
        if (zeroPoint < Byte.MIN_VALUE || zeroPoint > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("a zero point is from -128 to 127, not " + zeroPoint);
        }
    }

    /**
     * The scale at which the codes reach from {@code least} to {@code largest}, and to zero if that lies outside.
     *
     * @throws IllegalArgumentException if they are not finite or not in order
     */
    public static ActivationScale of(float least, float largest) {
        if (!(least <= largest && Float.isFinite(least) && Float.isFinite(largest))) {
            throw new IllegalArgumentException("no range of activations: from " + least + " to " + largest);
        }
        double low = Math.min(least, 0);
        double high = Math.max(largest, 0);
        float scale = low == high ? 1 : Math.max((float) ((high - low) / CODES), Float.MIN_NORMAL);
        return new ActivationScale(
                scale, (int) Math.clamp(Math.rint(Byte.MIN_VALUE - low / scale), Byte.MIN_VALUE, Byte.MAX_VALUE));
    }

    /**
     * The nearest code; infinity saturates.
     *
     * @throws IllegalArgumentException if x is NaN
     */
    public byte code(float x) {
        if (Float.isNaN(x)) {
            throw new IllegalArgumentException("an activation is NaN: it has no code");
        }
        return (byte) Math.clamp(Math.rint(x / scale) + zeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** The value of a code. */
    public float value(int code) {
        return (code - zeroPoint) * scale;
    }

    /** The value of the least code: what lies below saturates. */
    public float least() {
        return value(Byte.MIN_VALUE);
    }

    /** The value of the largest code: what lies above saturates. */
    public float largest() {
        return value(Byte.MAX_VALUE);
    }
}
