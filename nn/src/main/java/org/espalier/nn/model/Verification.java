package org.espalier.nn.model;

import org.espalier.io.FormatException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Some rows and the outputs of a model for them when it was saved. A program that loads it can compute them again and
 * see that they are still the same: with another version of the library, on another machine, after a conversion.
 *
 * @param inputs [rows, ...], as the model takes them
 * @param outputs [rows, ...], as it gave them
 */
public record Verification(Tensor inputs, Tensor outputs) {
    /** How far an output may be off, relative to the largest of its row, or to 1 if that is larger. */
    private static final double TOLERANCE = 1e-4;

    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException unless inputs and outputs have the same number of rows, at least one
     */
    public Verification {
        if (inputs.rank() < 2 || outputs.rank() < 2 || inputs.dim(0) != outputs.dim(0) || inputs.dim(0) == 0) {
            throw new IllegalArgumentException(
                    "verification: needs rows and their outputs, not " + inputs.shape() + " and " + outputs.shape());
        }
    }

    /**
     * Compares what a model gives for the inputs now with the outputs.
     *
     * @param source the file's name, for the message
     * @throws FormatException if a number is further off than rounding explains; it names row and output
     */
    public void check(String source, Tensor now) throws FormatException {
        if (now.size() != outputs.size() || now.rank() < 2 || now.dim(0) != outputs.dim(0)) {
            throw new FormatException(source, "the model gives outputs " + now.shape() + " for its verification rows, "
                    + "but gave " + outputs.shape() + " when it was saved");
        }
        float[] expected = Storage.array(outputs);
        float[] got = Storage.array(now);
        int width = expected.length / outputs.dim(0);
        for (int row = 0; row < outputs.dim(0); row++) {
            double scale = 1;
            for (int i = row * width; i < (row + 1) * width; i++) {
                scale = Float.isFinite(expected[i]) ? Math.max(scale, Math.abs(expected[i])) : scale;
            }
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (!same(expected[i], got[i], TOLERANCE * scale)) {
                    throw new FormatException(source, "verification row " + row + ": output " + (i - row * width)
                            + " is " + got[i] + ", but was " + expected[i] + " when the model was saved: it does not "
                            + "compute the same here");
                }
            }
        }
    }

    private static boolean same(float expected, float got, double tolerance) {
        if (!Float.isFinite(expected)) {
            return Float.compare(expected, got) == 0;
        }
        return Math.abs((double) expected - got) <= tolerance;
    }
}
