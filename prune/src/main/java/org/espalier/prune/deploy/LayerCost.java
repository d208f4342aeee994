package org.espalier.prune.deploy;

/**
 * The cost of one layer, without the layers inside it. Kept means kept by the masks; a parameter without a mask is
 * kept whole. Weights are trainable parameters of two or more axes. Bytes assume float32 values.
 *
 * @param name the layer's dotted name, empty for the model itself
 * @param weights elements of weights
 * @param keptWeights those of them that are kept
 * @param others elements of biases and other trainable vectors
 * @param keptOthers those of them that are kept
 * @param buffers elements that are saved but not trained, such as running statistics
 * @param macs multiplications with weights for one row of input; a bias, an activation or a norm is not counted
 * @param keptMacs those of them whose weight is kept
 * @param csrBytes bytes with the weights in compressed sparse rows: 4 for a kept value, 2 for its column (4 from 65,537
 *     columns on) and 4 for each row and one more; the rest dense
 * @param bitmapBytes bytes with the weights as 4 for a kept value and one bit for each element, whole bytes per
 *     parameter; the rest dense
 */
public record LayerCost(
        String name,
        long weights,
        long keptWeights,
        long others,
        long keptOthers,
        long buffers,
        long macs,
        long keptMacs,
        long csrBytes,
        long bitmapBytes) {

    /** Weights and biases: every trainable element. */
    public long parameters() {
        return weights + others;
    }

    /** Kept weights and biases. */
    public long keptParameters() {
        return keptWeights + keptOthers;
    }

    /** Floating-point operations for one row of input: two to a multiplication with a weight. */
    public long flops() {
        return 2 * macs;
    }

    /** As {@link #flops}, for kept weights only. */
    public long keptFlops() {
        return 2 * keptMacs;
    }

    /** Bytes with everything stored as it is: weights, biases and buffers. */
    public long denseBytes() {
        return 4 * (weights + others + buffers);
    }

    /** Bytes in the smallest of the three forms: dense, compressed rows, bitmap. */
    public long smallestBytes() {
        return Math.min(denseBytes(), Math.min(csrBytes, bitmapBytes));
    }

    /** Kept weights / weights: biases count neither above nor below the line. 1 if there are no weights. */
    public double weightDensity() {
        return weights == 0 ? 1 : (double) keptWeights / weights;
    }

    /** Kept parameters / parameters, biases included. 1 if there are none. */
    public double parameterDensity() {
        return parameters() == 0 ? 1 : (double) keptParameters() / parameters();
    }

    /** The sum of both, under this one's name. */
    LayerCost plus(LayerCost other) {
        return new LayerCost(
                name,
                weights + other.weights,
                keptWeights + other.keptWeights,
                others + other.others,
                keptOthers + other.keptOthers,
                buffers + other.buffers,
                macs + other.macs,
                keptMacs + other.keptMacs,
                csrBytes + other.csrBytes,
                bitmapBytes + other.bitmapBytes);
    }

    static LayerCost zero(String name) {
        return new LayerCost(name, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
