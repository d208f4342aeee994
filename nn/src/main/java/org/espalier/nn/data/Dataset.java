package org.espalier.nn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.espalier.io.Npz;
import org.espalier.tensor.Rng;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * A fixed number of samples, each an input and a target, that can be read in any order by several threads at once.
 *
 * {@snippet :
 * import org.espalier.nn.Labels;
 * import org.espalier.tensor.Tensor;
 * var inputs = Tensor.matrix(new float[] {5.1f, 3.5f}, new float[] {6.2f, 2.9f}, new float[] {5.9f, 3.0f});
 * Dataset samples = Dataset.of(inputs, Labels.of(0, 1, 2));
 * Dataset.Split parts = samples.split(0.67, 1);
 * Standardize scale = Standardize.fit(parts.train());
 * Dataset train = parts.train().map(scale);
 * }
 */
public interface Dataset {
    /** How many samples there are. */
    int size();

    /**
     * The samples at these indices, in this order, in new tensors.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, size)
     */
    Batch batch(int... indices);

    /** The samples [from, to); throws {@link IndexOutOfBoundsException} outside. */
    default Batch range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return batch(RowIndices.range(from, to));
    }

    /** All samples in one batch. */
    default Batch all() {
        return range(0, size());
    }

    /**
     * The samples at these indices as a dataset; nothing is copied.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, size)
     */
    default Dataset subset(int... indices) {
        return new Subset(this, indices);
    }

    /**
     * Cuts the samples, shuffled by the seed, in two: a fraction of them, rounded half to even, and the rest.
     *
     * @throws IllegalArgumentException if the fraction is not in [0, 1]
     */
    default Split split(double fraction, long seed) {
        return Splits.split(this, Rng.of(seed).permutation(size()), fraction);
    }

    /**
     * Cuts the samples in two as {@link #split}, each class in the same proportion. Targets must be class labels, [n]
     * or [n, 1], or one-hot rows.
     *
     * @throws IllegalArgumentException if the fraction is not in [0, 1]
     * @throws ShapeException if the targets are no classes
     */
    default Split stratifiedSplit(double fraction, long seed) {
        return Splits.stratified(this, Stratification.strata(this, seed), fraction);
    }

    /**
     * Cross-validation: the samples, shuffled by the seed, in {@code k} parts of sizes that differ by at most one. Each
     * split validates on one part and trains on the others.
     *
     * @throws IllegalArgumentException if {@code k} is less than 2 or more than there are samples
     */
    default List<Split> folds(int k, long seed) {
        return Splits.folds(this, Rng.of(seed).permutation(size()), k);
    }

    /**
     * As {@link #folds}, each class in about the same proportion in every part.
     *
     * @throws IllegalArgumentException as {@link #folds}
     * @throws ShapeException if the targets are no classes, as for {@link #stratifiedSplit}
     */
    default List<Split> stratifiedFolds(int k, long seed) {
        return Splits.stratifiedFolds(this, Stratification.strata(this, seed), k);
    }

    /**
     * The same samples, each with a weight in the loss; scores count every sample once.
     *
     * @throws IllegalArgumentException if there are not as many weights as samples, or one is negative or not finite
     */
    default Dataset weighted(float... weights) {
        return new Weighted(this, weights);
    }

    /**
     * Class weights under which every class counts the same: n / (classes · samples of the class). For {@code
     * Loss.crossEntropy().classWeights(…)}; 0 for a class without samples.
     *
     * @throws ShapeException if a target is not a class below {@code classes}
     */
    default float[] balancedClassWeights(int classes) {
        var counts = new long[classes];
        for (int one : Stratification.classes(this)) {
            if (one >= classes) {
                throw new ShapeException("class weights: there is a sample of class " + one + ", but only " + classes
                        + " classes");
            }
            counts[one]++;
        }
        var weights = new float[classes];
        for (int i = 0; i < classes; i++) {
            weights[i] = counts[i] == 0 ? 0 : (float) ((double) size() / ((double) classes * counts[i]));
        }
        return weights;
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
     * Two arrays of a NumPy archive ({@code .npz}), their values as they are. For images in bytes, see
     * {@link IdxDataset#of}.
     *
     * @param inputs the name of the inputs, [n, …]
     * @param targets the name of the targets, [n] or [n, …]
     * @throws IOException if it cannot be read, is no such archive or has no such array
     * @throws ShapeException if there are not as many targets as inputs
     */
    static Dataset npz(Path path, String inputs, String targets) throws IOException {
        var archive = Npz.read(path);
        return of(archive.array(inputs).toTensor(), archive.array(targets).toTensor());
    }

    /**
     * A dataset cut in two, to train on and to validate on.
     *
     * @param train the fraction asked for
     * @param validation the rest
     */
    record Split(Dataset train, Dataset validation) {}
}
