package org.espalier.examples.records;

import java.util.ArrayList;
import org.espalier.nn.Activation;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;

/**
 * Training and pruning of 784-300-100-10 on handwritten digits. A result is a function of the samples and the seed.
 *
 * @param samples what to learn from
 * @param seed of everything that is drawn
 * @param limit the most epochs of a training, for a quick look
 */
record LeNet(Dataset samples, long seed, int limit) {
    private static final int BATCH = 100;
    private static final float MOMENTUM = 0.9f;
    private static final int INPUTS = 784;
    private static final int HIDDEN_1 = 300;
    private static final int HIDDEN_2 = 100;

    /**
     * How a model is trained: SGD with Nesterov momentum, the learning rate falling along half a cosine.
     *
     * @param epochs how long
     * @param rate the first learning rate
     * @param last the last
     * @param decay weight decay
     * @param smoothing label smoothing
     * @param inputDropout the fraction of pixels that is dropped
     * @param dropout the fraction of hidden activations that is dropped
     */
    record Course(
            int epochs, float rate, float last, float decay, float smoothing, float inputDropout, float dropout) {
        /** The learning rate falls to a thousandth. */
        Course(int epochs, float rate, float decay, float smoothing, float inputDropout, float dropout) {
            this(epochs, rate, rate / 1000, decay, smoothing, inputDropout, dropout);
        }

        /** With a learning rate that stays as it is. */
        Course constant(float rate) {
            return new Course(epochs, rate, rate, decay, smoothing, inputDropout, dropout);
        }

        Course epochs(int epochs) {
            return new Course(epochs, rate, last, decay, smoothing, inputDropout, dropout);
        }

        Course smoothing(float smoothing) {
            return new Course(epochs, rate, last, decay, smoothing, inputDropout, dropout);
        }

        Course decay(float decay) {
            return new Course(epochs, rate, last, decay, smoothing, inputDropout, dropout);
        }

        Course dropout(float inputs, float hidden) {
            return new Course(epochs, rate, last, decay, smoothing, inputs, hidden);
        }
    }

    /** The architecture with its first values. */
    Sequential network() {
        var model = Sequential.of(
                Linear.of(INPUTS, HIDDEN_1), Activation.relu(), Linear.of(HIDDEN_1, HIDDEN_2), Activation.relu(),
                Linear.of(HIDDEN_2, 10));
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    /** Trains in place. */
    void train(Layer model, Course course, long shuffle) {
        var trained = withDropout(model, course);
        trainer(trained, course, shuffle).fit(samples);
    }

    private Trainer trainer(Layer model, Course course, long shuffle) {
        int epochs = Math.min(course.epochs, limit);
        int steps = epochs * Math.ceilDiv(samples.size(), BATCH);
        var rule = Optimizer.sgd(LearningRate.cosine(course.rate, course.last, steps))
                .nesterov(MOMENTUM)
                .weightDecay(course.decay);
        return Trainer.of(model, Loss.crossEntropy().labelSmoothing(course.smoothing), rule)
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(shuffle);
    }

    /** Trains in place with a method that moves masks. */
    void train(Layer model, SparseTraining method, Course course, long shuffle) {
        var trained = withDropout(model, course);
        method.train(trained, TrainingSetup.of(trainer(trained, course, shuffle), samples).seed(seed));
    }

    /**
     * Removes pixels and neurons in some steps, with an epoch of training after each, and shrinks.
     *
     * @param widths pixels and neurons of the two hidden layers to keep
     * @param course of the epochs between; its learning rate does not fall
     * @return the smaller model
     */
    Layer shrink(Layer dense, int[] widths, int steps, Course course, long shuffle) {
        var model = Layers.copy(dense);
        int last = Math.min(steps, limit);
        for (int step = 1; step <= last; step++) {
            double part = 1 - Math.pow(1 - (double) step / last, 3);
            remove(model, Structured.inputs(Criterion.l2Magnitude()).layers("fc1"), part, widths[0], INPUTS);
            remove(model, Structured.neurons(Criterion.l2Magnitude()).layers("fc1"), part, widths[1], HIDDEN_1);
            remove(model, Structured.neurons(Criterion.l2Magnitude()).layers("fc2"), part, widths[2], HIDDEN_2);
            var trained = withDropout(model, course);
            var rule = Optimizer.sgd(course.rate / 2).nesterov(MOMENTUM).weightDecay(course.decay);
            Trainer.of(trained, Loss.crossEntropy().labelSmoothing(course.smoothing), rule)
                    .batchSize(BATCH)
                    .epochs(1)
                    .seed(shuffle + step)
                    .fit(samples);
        }
        return Shrink.of(model).model();
    }

    private void remove(Layer model, Pruner pruner, double part, int keep, int all) {
        pruner.sparsity(part * (1 - (double) keep / all)).plan(model, Calibration.none(), seed).apply();
    }

    /** The same layers, sharing their parameters, with dropout before and between them. */
    private static Layer withDropout(Layer model, Course course) {
        var layers = new ArrayList<Layer>();
        boolean entered = course.inputDropout == 0;
        for (var layer : model.children().values()) {
            if (!entered && !(layer instanceof FeatureSelect)) {
                layers.add(Dropout.of(course.inputDropout));
                entered = true;
            }
            layers.add(layer);
            if (layer instanceof Activation && course.dropout > 0) {
                layers.add(Dropout.of(course.dropout));
            }
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }
}
