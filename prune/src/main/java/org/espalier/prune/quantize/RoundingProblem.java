package org.espalier.prune.quantize;

import org.espalier.compressed.QuantizedMatrix;
import org.espalier.prune.secondorder.InputMoments;

/**
 * One layer being quantized to integers; the weights are changed in place, to multiples of their row's scale.
 *
 * @param weights [out, in], row-major, 0 where {@code keeps} is false
 * @param keeps which weights may be other than 0
 * @param inputs what the layer gets
 * @param bits of a code
 * @param scales one for each row
 */
record RoundingProblem(double[] weights, boolean[] keeps, InputMoments inputs, int bits, float[] scales) {
    int in() {
        return inputs.in();
    }

    int out() {
        return scales.length;
    }

    /** The code that a weight of its row has if rounded as it is now; 0 if it is masked. */
    int code(int i) {
        float scale = scales[i / in()];
        int largest = QuantizedMatrix.largest(bits);
        return keeps[i] && scale > 0 ? (int) Math.clamp(Math.rint(weights[i] / scale), -largest - 1, largest) : 0;
    }

    /** The value of that code. */
    double nearest(int i) {
        return (double) code(i) * scales[i / in()];
    }
}
