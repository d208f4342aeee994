package org.espalier.bench.task;

/** Compares answers with references. */
final class ReferenceCheck {
    private ReferenceCheck() {}

    /** Every element within {@code tolerance}, absolutely; NaN never is. */
    static void close(String what, float[] actual, double[] expected, double tolerance) {
        if (actual.length != expected.length) {
            throw new IllegalStateException(
                    what + ": " + actual.length + " values instead of " + expected.length);
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new IllegalStateException(what + ": element " + i + " is " + actual[i] + " instead of "
                        + expected[i] + " (tolerance " + tolerance + ")");
            }
        }
    }
}
