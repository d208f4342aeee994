package org.espalier.nn.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.PackedWeight;
import org.espalier.sparse.BlockMatrix;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * How an inference model holds the weights of a linear layer: makes the step that computes activation(x·Wᵀ + b). The
 * formats with a name are {@link Format}s.
 */
@FunctionalInterface
public interface LinearFormat {
    /**
     * A linear layer and the activation that follows it.
     *
     * @param name the layer's full name, such as {@code fc1}; empty for the model itself
     * @param weight [out, in]; zero where the layer is pruned
     * @param bias [out]
     * @param activation the activation to apply, if one follows
     */
    record Weights(String name, Tensor weight, Tensor bias, Optional<Pointwise> activation) {
        /** Numbers in an input row. */
        public int in() {
            return weight.dim(1);
        }

        /** Numbers in an output row. */
        public int out() {
            return weight.dim(0);
        }

        /** Weights that are not zero. */
        public int kept() {
            int kept = 0;
            for (float one : Storage.array(weight)) {
                kept += one != 0 ? 1 : 0;
            }
            return kept;
        }
    }

    /** The step for these weights. */
    Step step(Weights weights);

    /** {@link Format#DENSE}. */
    static LinearFormat dense() {
        return Format.DENSE;
    }

    /** {@link Format#CSR}. */
    static LinearFormat csr() {
        return Format.CSR;
    }

    /** {@link Format#PERMUTE}. */
    static LinearFormat permute() {
        return Format.PERMUTE;
    }

    /** {@link Format#BITMAP}. */
    static LinearFormat bitmap() {
        return Format.BITMAP;
    }

    /**
     * Blocks of consecutive neurons × 1 input that have a weight other than zero: for weights pruned in such blocks.
     *
     * @param height neurons in a block: 4, 8 or 16
     * @throws IllegalArgumentException if the height is another
     */
    static LinearFormat blocks(int height) {
        BlockMatrix.requireHeight(height);
        return weights -> SparseStep.of(weights, BlockMatrix.of(height, weights.weight()));
    }

    /**
     * The format that is fastest for the rows of a call: that of the batch next to their number, by ratio. A layer
     * whose batches have different formats holds its weights in each of them.
     *
     * @param batches numbers of rows, each once
     * @param formats for each of them a format
     * @throws IllegalArgumentException if there are none, or not as many formats as batches
     */
    static LinearFormat byBatch(List<Integer> batches, List<Format> formats) {
        return new ByBatch(batches, formats);
    }

    /**
     * Sparse where a model file holds the weights sparsely and few enough are left: a layout for single rows and one
     * for batches. Dense where a layer has none of these weights, or other values, as after a batch norm was joined to
     * it.
     *
     * @param weights by full name, such as {@code fc1.weight}
     */
    static LinearFormat packed(Map<String, PackedWeight> weights) {
        return new PackedFormat(weights);
    }
}
