package org.espalier.nn.infer;

import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.PackedWeight;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.model.ModelFile;
import org.espalier.sparse.BitmapMatrix;
import org.espalier.sparse.BlockMatrix;
import org.espalier.sparse.CsrMatrix;
import org.espalier.sparse.PermuteMatrix;
import org.espalier.tensor.Tensor;

/** How an inference model holds the weights of a linear layer: makes the step that computes activation(x·Wᵀ + b). */
@FunctionalInterface
public interface LinearFormat {
    /**
     * A linear layer and the activation that follows it.
     *
     * @param name the layer's path in the model, such as {@code fc1}
     * @param weight [out, in]; zero where the layer is pruned
     * @param bias [out]
     * @param activation the activation to apply, if one follows; never a softmax
     */
    record Weights(String name, Tensor weight, Tensor bias, Optional<Activation> activation) {
        /** Numbers in an input row. */
        public int in() {
            return weight.dim(1);
        }

        /** Numbers in an output row. */
        public int out() {
            return weight.dim(0);
        }
    }

    /** The step for these weights. */
    Step step(Weights weights);

    /** All weights as float32, packed for the machine's kernels. */
    static LinearFormat dense() {
        return packed(Map.of());
    }

    /**
     * The weights that are not zero, as compressed rows: for any pattern, and batches. The bits of {@link #dense} for
     * finite inputs, save the sign of a zero that a sum underflowed to; so are those of the other sparse formats.
     */
    static LinearFormat csr() {
        return SparseStep.format(CsrMatrix::of);
    }

    /**
     * Blocks of consecutive neurons × 1 input that have a weight other than zero: for weights pruned in such blocks.
     *
     * @param height neurons in a block: 4, 8 or 16
     * @throws IllegalArgumentException if the height is another
     */
    static LinearFormat blocks(int height) {
        BlockMatrix.requireHeight(height);
        return SparseStep.format(weight -> BlockMatrix.of(height, weight));
    }

    /**
     * Weights as a {@link ModelFile} holds them, where they are sparse: codes stay codes. Dense where a layer has none
     * of them, or other values, as after a batch norm was joined to it.
     *
     * @param weights by full name, such as {@code fc1.weight}
     */
    static LinearFormat packed(Map<String, PackedWeight> weights) {
        return new LinearFormat() {
            @Override
            public Step step(Weights layer) {
                var weight = weights.get(layer.name() + ".weight");
                var sparse = weight == null ? Optional.<Step>empty() : SparseStep.packed(layer, weight);
                return sparse.isPresent() ? sparse.get() : DenseStep.of(layer, KernelChoice.current().dense());
            }
        };
    }

    /** A bit for each weight and those that are not zero: for single rows of layers that do not fit in the caches. */
    static LinearFormat bitmap() {
        return SparseStep.format(BitmapMatrix::of);
    }

    /** The weights that are not zero, laid out for single rows: best for n weights in every 32 inputs of a neuron. */
    static LinearFormat permute() {
        return SparseStep.format(PermuteMatrix::of);
    }
}
