package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that computes with the kept weights only, beside the same training with all, those masked being zero. */
class SparseProductsTest {
    private static final int STEPS = 40;
    private static final float TOLERANCE = 1e-5f;

    /** What one training did: the masks after each step, the steps without a gradient outside the mask, the end. */
    private record Run(List<List<Mask>> masks, List<Integer> sparseSteps, StateDict end) {}

    /** Watches a training, and has it compute the gradients of all weights or not. */
    private static final class Watch implements Listener {
        final List<List<Mask>> masks = new ArrayList<>();
        final List<Integer> sparseSteps = new ArrayList<>();
        private final Sequential model;
        private final boolean dense;

        Watch(Sequential model, boolean dense) {
            this.model = model;
            this.dense = dense;
        }

        @Override
        public boolean needsDenseGradients(int step) {
            return dense;
        }

        @Override
        public void on(TrainingEvent event) {
            if (event instanceof TrainingEvent.Differentiated at) {
                var weight = model.parameters().get("fc1.weight");
                float[] gradient = at.gradients().of(weight.value()).toArray();
                boolean outside = false;
                for (int i = 0; i < gradient.length; i++) {
                    outside |= gradient[i] != 0 && !weight.mask().orElseThrow().keeps(i);
                }
                if (!outside) {
                    sparseSteps.add(at.step());
                }
            } else if (event instanceof TrainingEvent.Stepped) {
                masks.add(Runs.masks(model));
            }
        }
    }

    private static Run run(SparseTraining method, Optimizer rule, boolean dense) {
        var model = Sequential.of(
                Linear.of(256, 128), Activation.relu(), Linear.of(128, 64), Activation.relu(), Linear.of(64, 3));
        model.initialize(Init.heNormal(), 2);
        var rng = Rng.of(3);
        var inputs = rng.normal(Shape.of(128, 256), 1);
        var samples = Dataset.of(inputs, inputs.slice(1, 0, 3));
        var watch = new Watch(model, dense);
        var trainer = Trainer.of(model, Loss.meanSquaredError(), rule).batchSize(32).epochs(STEPS / 4).listen(watch);
        method.train(model, TrainingSetup.of(trainer, samples).seed(4));
        return new Run(watch.masks, watch.sparseSteps, StateDict.of(model));
    }

    static Stream<Arguments> trainings() {
        return Stream.of(RigL.sparsity(0.95).every(5), SparseEvolution.sparsity(0.95))
                .flatMap(method -> Stream.of(Optimizer.sgd(0.05f).momentum(0.9f), Optimizer.adam(0.003f))
                        .map(rule -> Arguments.of(method, rule)));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void masksAndWeightsAreThoseOfMaskedDenseTraining(SparseTraining method, Optimizer rule) {
        var sparse = run(method, rule, false);
        var dense = run(method, rule, true);

        // The two did compute differently, at every step but those at which masks are replaced.
        assertEquals(List.of(), dense.sparseSteps);
        assertTrue(sparse.sparseSteps.size() >= STEPS - 6, sparse.sparseSteps::toString);
        assertTrue(new HashSet<>(sparse.masks).size() >= 5, "masks changed several times");
        assertEquals(dense.masks, sparse.masks);
        dense.end.entries().forEach((name, entry) -> assertArrayEquals(
                entry.value().toArray(), sparse.end.entries().get(name).value().toArray(), TOLERANCE, name));
    }
}
