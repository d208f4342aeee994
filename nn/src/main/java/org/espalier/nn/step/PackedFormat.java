package org.espalier.nn.step;

import java.util.Arrays;
import java.util.Map;
import org.espalier.compressed.PackedWeight;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.sparse.SellMatrix;
import org.espalier.tensor.Storage;

/**
 * The formats of weights that a file holds sparsely, where nothing was measured: compressed rows for batches, and
 * beside them a layout for single rows.
 */
record PackedFormat(Map<String, PackedWeight> weights) implements LinearFormat {
    /**
     * A file holds weights sparsely because that is smaller; up to this density they are multiplied so too. Single rows
     * are then faster than dense ones on any machine measured (Zen 1 to 5).
     */
    private static final double MOST_DENSITY = 0.1;

    @Override
    public Step step(Weights layer) {
        var packed = weights.get(layer.name().isEmpty() ? "weight" : layer.name() + ".weight");
        if (packed == null || !isSparse(packed) || !holds(packed, layer)) {
            return Format.DENSE.step(layer);
        }
        var alone = KernelActivation.fused(layer);
        var batches = Format.CSR.step(alone);
        var step = new ByBatchStep(new int[] {1}, new Step[] {singleRow(alone, batches), batches});
        return KernelActivation.follow(step, layer);
    }

    /** The form for single rows. Of a small matrix, a permuted group of rows would be filled only in part. */
    private static Step singleRow(Weights layer, Step batches) {
        if (KernelChoice.current().sparse().permuteLanes() > 0) {
            var permuted = Format.PERMUTE.step(layer);
            if (2 * (permuted.bytes() + batches.bytes()) <= (long) Float.BYTES * layer.weight().size()) {
                return permuted;
            }
        }
        return Format.SELL.step(layer);
    }

    private static boolean isSparse(PackedWeight packed) {
        return packed.entries() <= MOST_DENSITY * packed.shape().size();
    }

    /** Whether the layer still has these values, bit for bit; not so after a batch norm was joined to it. */
    private static boolean holds(PackedWeight packed, Weights layer) {
        return packed.shape().equals(layer.weight().shape())
                && layer.in() <= SellMatrix.WIDEST
                && Arrays.equals(Storage.array(packed.toTensor()), Storage.array(layer.weight()));
    }
}
