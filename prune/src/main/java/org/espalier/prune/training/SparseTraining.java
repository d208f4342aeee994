package org.espalier.prune.training;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Notations;

/**
 * Sparse training: the masks of the linear layers change while the model trains. An immutable value. Biases and norms
 * stay dense.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.data.Dataset;
 * import org.espalier.nn.loss.Loss;
 * import org.espalier.nn.optim.Optimizer;
 * import org.espalier.nn.train.Trainer;
 * import org.espalier.tensor.*;
 * var rows = Rng.of(1).normal(Shape.of(200, 8), 1);
 * var samples = Dataset.of(rows, rows.slice(1, 0, 1));
 * var model = Sequential.of(Linear.of(8, 16), Activation.relu(), Linear.of(16, 1));
 * var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(1e-2f)).epochs(3);
 * SparseTraining.rigl(0.8).train(model, TrainingSetup.of(trainer, samples)); // a fifth of the weights from the start
 * }
 *
 * <p>The same model, training and seed give the same bits, for any number of threads. To continue from a checkpoint,
 * call it with the model as it was at first and a trainer {@linkplain org.espalier.nn.train.Trainer#resumeFrom that
 * continues from it}: the rest of a run has the same bits as if it had not been cut off.
 */
public interface SparseTraining {
    /**
     * Trains a model in place. After an exception it is as it was; after an interruption it is where its checkpoint is.
     *
     * @throws IllegalArgumentException if the method cannot work on this model or in this number of steps
     * @throws IllegalStateException if the model that training ended with has not the masks the method was to reach,
     *     because training stopped early or went back to an earlier epoch
     */
    TrainingResult train(Layer model, TrainingSetup training);

    /** The method and its numbers in one line; {@link #parse} reads it back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The method of this {@linkplain #text() text}, such as {@code rigl, sparsity 0.8}; numbers left out have their
     * default.
     *
     * @throws IllegalArgumentException if there is none, or an option or number is not one of its
     */
    static SparseTraining parse(String text) {
        return Notations.standard().parse(SparseTraining.class, text);
    }

    /** All methods of the library, with their default numbers, by their texts. */
    static List<SparseTraining> all() {
        return Notations.all(SparseTraining.class);
    }

    /** Zhu and Gupta's gradual pruning: the schedule of a sparsity within one training. */
    static GradualPruning gradual(double sparsity) {
        return GradualPruning.sparsity(sparsity);
    }

    /** Dense-sparse-dense training with these phases. */
    static DenseSparseDense denseSparseDense(int dense, int sparse) {
        return DenseSparseDense.epochs(dense, sparse);
    }

    /** Sparse evolutionary training, SET. */
    static SparseEvolution sparseEvolution(double sparsity) {
        return SparseEvolution.sparsity(sparsity);
    }

    /** RigL: drops the smallest weights and grows those with the largest gradients. */
    static RigL rigl(double sparsity) {
        return RigL.sparsity(sparsity);
    }

    /** Alternating compressed and decompressed training, AC/DC. */
    static AcDc acdc(double sparsity, int phase) {
        return AcDc.sparsity(sparsity, phase);
    }

    /** Dynamic network surgery, its thresholds this number of standard deviations above the mean. */
    static NetworkSurgery networkSurgery(double deviations) {
        return NetworkSurgery.deviations(deviations);
    }

    /** Training with a straight-through magnitude mask. */
    static MaskedTraining straightThrough(double sparsity) {
        return MaskedTraining.sparsity(sparsity);
    }

    /** Movement pruning: learned scores. */
    static MovementPruning movement(double sparsity) {
        return MovementPruning.sparsity(sparsity);
    }

    /** Growing regularization, GReg-1. */
    static GrowingRegularization growingRegularization(double sparsity) {
        return GrowingRegularization.sparsity(sparsity);
    }

    /** Growing regularization, GReg-2. */
    static SeparatingRegularization separatingRegularization(double sparsity) {
        return SeparatingRegularization.sparsity(sparsity);
    }

    /** What goes and what comes at an update, in a few words. */
    String formula();

    /** Who published it. */
    String source();
}
