package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final Rng rng = Rng.of(1);
    private final Linear sparse = Linear.of(rng.normal(Shape.of(100, 120), 0.1f), rng.normal(Shape.of(100), 1));
    private final Sequential model = Sequential.of(sparse, Activation.relu(), Linear.of(100, 1));
    private final Dataset data = Dataset.of(rng.normal(Shape.of(128, 120), 1), rng.normal(Shape.of(128, 1), 1));

    ListenerTest() {
        sparse.weight().assignMask(Mask.of(Shape.of(100, 120), i -> i % 40 == 0));
        model.parameters().get("fc2.weight").assign(rng.normal(Shape.of(1, 100), 1));
    }

    /** Counts, step by step, the masked weights that have a gradient. */
    private final class Counter implements Listener {
        private final int denseStep;
        private final List<Integer> counts = new ArrayList<>();

        Counter(int denseStep) {
            this.denseStep = denseStep;
        }

        @Override
        public boolean needsDenseGradients(int step) {
            return step == denseStep;
        }

        @Override
        public void on(TrainingEvent event) {
            if (event instanceof TrainingEvent.Differentiated now) {
                float[] gradient = now.gradients().of(sparse.weight().value()).toArray();
                int count = 0;
                for (int i = 0; i < gradient.length; i++) {
                    count += i % 40 != 0 && gradient[i] != 0 ? 1 : 0;
                }
                counts.add(count);
            }
        }
    }

    private Trainer trainer() {
        return Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(1e-3f)).batchSize(64).epochs(2);
    }

    @Test
    void gradientsOfMaskedWeightsAreThereAtTheStepsThatAListenerAsksFor() {
        var counter = new Counter(2);
        trainer().listen(event -> {}).listen(counter).fit(data);
        assertEquals(List.of(0, 0), counter.counts.subList(0, 2));
        assertTrue(counter.counts.get(2) > 5000, counter.counts::toString);
        assertEquals(0, counter.counts.get(3));
    }

    @Test
    void stepsThatMoveMasksSeeAllGradients() {
        var counter = new Counter(-1);
        trainer().listen(counter).updateMasks(new MaskUpdater() {
            @Override
            public boolean replaces(int step) {
                return step == 1;
            }

            @Override
            public void update(int step, Gradients gradients) {
                sparse.weight().restrict(Mask.of(Shape.of(100, 120), i -> i % 80 == 0));
            }
        }).fit(data);
        assertEquals(0, counter.counts.get(0));
        assertTrue(counter.counts.get(1) > 5000, counter.counts::toString);
        float[] weights = sparse.weight().value().toArray();
        for (int i = 0; i < weights.length; i++) {
            assertTrue(i % 80 == 0 || Float.floatToRawIntBits(weights[i]) == 0);
        }
    }

    @Test
    void whetherGradientsAreDenseHardlyMatters() {
        var other = (Sequential) Layers.copy(model);
        trainer().fit(data);
        trainer().model(other).listen(new Listener() {
            @Override
            public void on(TrainingEvent event) {}

            @Override
            public boolean needsDenseGradients(int step) {
                return true;
            }
        }).fit(data);
        for (var name : model.parameters().keySet()) {
            assertArrayEquals(
                    other.parameters().get(name).value().toArray(), model.parameters().get(name).value().toArray(),
                    1e-4f);
        }
    }
}
