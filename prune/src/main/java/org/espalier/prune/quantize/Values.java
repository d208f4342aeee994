package org.espalier.prune.quantize;

/** Statistics of the values that observers are given. */
final class Values {
    private Values() {}

    /** The least and the largest. */
    static float[] range(float[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no activations were seen: calibrate with some samples");
        }
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("an activation is " + value + ", not finite");
            }
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        return new float[] {least, largest};
    }
}
