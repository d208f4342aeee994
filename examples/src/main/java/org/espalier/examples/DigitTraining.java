package org.espalier.examples;

import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.pipeline.Retraining;

/** How the shorter demos train on digits: batches of 100, AdamW, a rate that falls along half a cosine. */
record DigitTraining(Dataset samples) {
    private static final int BATCH = 100;
    private static final float DECAY = 0.05f;

    void train(Layer model, int epochs, float rate, long seed) {
        int steps = epochs * Math.ceilDiv(samples.size(), BATCH);
        Trainer.of(model, Loss.crossEntropy(), Optimizer.adamW(LearningRate.cosine(rate, 1e-5f, steps))
                .weightDecay(DECAY))
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(seed)
                .fit(samples);
    }

    /** Retraining between and after the steps of a stage. */
    Retraining retraining(float rate) {
        return (pruned, round) -> train(pruned, round.epochs(), rate, round.seed());
    }

    /** The fraction of samples that a model gets right, in percent. */
    static double percent(Layer model, Dataset samples) {
        return 100 * Metric.accuracy().of(model, samples);
    }
}
