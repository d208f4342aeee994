package org.espalier.prune.training;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** A small model to train, and what its masks were while it trained. */
public final class Runs {
    private Runs() {}

    /** Eight inputs, ten and six hidden neurons, two outputs: 152 weights. */
    public static Sequential model(long seed) {
        var model =
                Sequential.of(Linear.of(8, 10), Activation.relu(), Linear.of(10, 6), Activation.relu(),
                        Linear.of(6, 2));
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    /** Samples whose targets are the first two inputs' sum and difference. */
    public static Dataset samples(int count, long seed) {
        var inputs = Rng.of(seed).normal(Shape.of(count, 8), 1);
        var first = inputs.slice(1, 0, 1);
        var second = inputs.slice(1, 1, 2);
        return Dataset.of(inputs, Tensor.concat(1, first.plus(second), first.minus(second)));
    }

    /** 8 epochs of 4 batches. */
    public static Trainer trainer() {
        return Trainer.of(model(0), Loss.meanSquaredError(), Optimizer.adam(0.01f)).batchSize(16).epochs(8);
    }

    public static TrainingSetup training() {
        return TrainingSetup.of(trainer(), samples(64, 1)).seed(5);
    }

    /** The masks of all weights, null for none. */
    public static List<Mask> masks(Layer model) {
        var masks = new ArrayList<Mask>();
        PrunableWeight.of(model).forEach(target -> masks.add(target.mask().orElse(null)));
        return masks;
    }

    /** How many weights are kept. */
    public static int kept(Layer model) {
        return PrunableWeight.of(model).stream().mapToInt(target -> target.weight().kept()).sum();
    }

    /** The weights kept while each step was taken, beginning with the first. */
    public static List<Integer> keptByStep(Layer model, SparseTraining method, TrainingSetup training) {
        var kept = new ArrayList<Integer>();
        var listening = training.trainer().listen(event -> {
            if (event instanceof TrainingEvent.Stepped) {
                kept.add(kept(model));
            }
        });
        method.train(model, new TrainingSetup(
                listening, training.samples(), training.validation(), training.seed()));
        return kept;
    }

    public static boolean[] flags(int... bits) {
        var flags = new boolean[bits.length];
        for (int i = 0; i < bits.length; i++) {
            flags[i] = bits[i] != 0;
        }
        return flags;
    }
}
