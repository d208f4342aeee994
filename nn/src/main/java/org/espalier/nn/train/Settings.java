package org.espalier.nn.train;

import java.nio.file.Path;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;

/**
 * All settings of a {@link Trainer}, in one place. A trainer never changes its own: it changes a {@linkplain #copy
 * copy} that is not published yet, and makes another trainer of it.
 */
final class Settings implements Cloneable {
    Layer model;
    Objective objective;
    Optimizer optimizer;
    /** What validation computes the loss with; null for an objective that is more than a loss. */
    Loss loss;
    /** The score of an epoch; null if it is to fit the loss. */
    Metric metric;
    GradientClipping clipping = GradientClipping.none();
    int batchSize = 32;
    /** How many batches make a step. */
    int accumulation = 1;
    int epochs = 10;
    /** The epochs of the training whose last learning rates are used; 0 for those of this one. */
    int rewindEpochs;
    long seed;
    boolean dropLast;
    boolean keepBest;
    /** Null if training never stops early. */
    EarlyStopping stopping;
    /** Null if learning rates are those of the optimizer. */
    ReduceOnPlateau plateau;
    List<Listener> listeners = List.of();
    /** Null if masks stay as they are. */
    MaskUpdater masks;
    /** Null if no checkpoints are written. */
    Path checkpointPath;
    int checkpointEvery = Integer.MAX_VALUE;
    /** Where to continue from; null for a fresh run. */
    Checkpoint start;
    /** Null for the caller's. */
    Parallelism parallelism;

    Settings copy() {
        try {
            return (Settings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** The learning rates that belong to this run, if an epoch has this many batches. */
    LearningRate learningRate(int batches) {
        int skipped = Math.max(0, rewindEpochs - epochs);
        var rate = optimizer.learningRate();
        return skipped == 0 ? rate : rate.from(Math.multiplyExact(skipped, batches));
    }

    /** What the bits of a run depend on, besides the data and the objective. */
    String configuration(Dataset train) {
        return optimizer + ", " + clipping + ", " + train.size() + " samples in batches of " + batchSize
                + (accumulation > 1 ? ", " + accumulation + " per step" : "")
                + (dropLast ? ", last dropped" : "")
                + (rewindEpochs > epochs ? ", rates of the last of " + rewindEpochs + " epochs" : "")
                + ", seed " + seed + (keepBest ? ", best kept" : "")
                + (plateau == null ? "" : ", " + plateau);
    }
}
