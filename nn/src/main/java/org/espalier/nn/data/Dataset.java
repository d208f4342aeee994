package org.espalier.nn.data;

import java.util.Objects;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/** A fixed number of samples, each an input and a target, that can be read in any order by several threads at once. */
public interface Dataset {
    /** How many samples there are. */
    int size();

    /**
     * The samples of these numbers, in this order, in fresh tensors.
     *
     * @throws IndexOutOfBoundsException if a number is not in [0, size)
     */
    Batch batch(int... indices);

    /** The samples [from, to); throws {@link IndexOutOfBoundsException} outside. */
    default Batch range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return batch(Indexing.range(from, to));
    }

    /** All samples in one batch. */
    default Batch all() {
        return range(0, size());
    }

    /**
     * The samples of these numbers as a dataset; nothing is copied.
     *
     * @throws IndexOutOfBoundsException if a number is not in [0, size)
     */
    default Dataset subset(int... indices) {
        return new Subset(this, indices);
    }

    /**
     * Cuts the samples, shuffled by the seed, in two: {@code share} of them, rounded half to even, and the rest.
     *
     * @throws IllegalArgumentException if the share is not in [0, 1]
     */
    default Split split(double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of a split must be between 0 and 1, not " + share);
        }
        int[] order = Rng.of(seed).permutation(size());
        int cut = (int) Math.rint(share * size());
        return new Split(
                subset(java.util.Arrays.copyOf(order, cut)),
                subset(java.util.Arrays.copyOfRange(order, cut, order.length)));
    }

    /** The same samples with their inputs transformed, batch by batch, as they are read. */
    default Dataset map(Transform transform) {
        return new Transformed(this, transform);
    }

    /** The rows of two tensors as a dataset: inputs [n, …] and targets [n] or [n, …]. */
    static Dataset of(Tensor inputs, Tensor targets) {
        return new TensorDataset(new Batch(inputs.detach(), targets.detach()));
    }

    /**
     * A dataset cut in two, to train on and to validate on.
     *
     * @param train the fraction asked for
     * @param validation the rest
     */
    record Split(Dataset train, Dataset validation) {}
}
