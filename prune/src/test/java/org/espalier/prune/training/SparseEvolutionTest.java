package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SparseEvolutionTest {
    /** The masks of a layer whose weights do not move, after each epoch. */
    private static List<Mask> masks(Linear layer, SparseEvolution method, int epochs) {
        var masks = new ArrayList<Mask>();
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0))
                .epochs(epochs)
                .listen(event -> {
                    if (event instanceof TrainingEvent.Stepped) {
                        masks.add(layer.weight().mask().orElse(null));
                    }
                });
        var samples = Dataset.of(Tensor.zeros(Shape.of(2, layer.in())), Tensor.zeros(Shape.of(2, layer.out())));
        method.train(layer, TrainingSetup.of(trainer, samples));
        return masks;
    }

    @Test
    void theShareOfEachSignThatIsClosestToZeroGoes() {
        // Positive: 1 2 3 4 50 60 70 80 90, negative: −1 … −6. Of each the half rounded down: 1 to 4, −1 to −3.
        var layer = Linear.of(
                Tensor.matrix(
                        new float[] {1, -1, 2, -2, 3, -3, 4, -4, -5, -6, 0, 0, 0, 0, 0},
                        new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 60, 70, 80, 90}),
                Tensor.vector(0, 0));
        layer.weight().assignMask(Mask.of(Shape.of(2, 15), i -> i < 10 || i >= 25));
        masks(layer, new SparseEvolution(0, Allocation.perLayer(), 0.5), 2);

        assertArrayEquals(
                new float[] {
                    0, 0, 0, 0, 0, 0, 0, -4, -5, -6, 0, 0, 0, 0, 0, //
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 60, 70, 80, 90
                },
                layer.weight().value().toArray());
        assertEquals(15, layer.weight().kept());
    }

    @Test
    void countsAreRoundedDownAndZeroCountsAsPositive() {
        // Three positive with a zero among them, three negative: of each, half rounded down is one.
        var layer = Linear.of(
                Tensor.matrix(new float[] {0, 3, -1, -2, -3}, new float[] {5, 0, 0, 0, 0}), Tensor.vector(0, 0));
        layer.weight().assignMask(Mask.of(Shape.of(2, 5), i -> i < 6));
        masks(layer, new SparseEvolution(0, Allocation.perLayer(), 0.5), 2);

        assertArrayEquals(new float[] {0, 3, 0, -2, -3, 5, 0, 0, 0, 0}, layer.weight().value().toArray());
        assertEquals(6, layer.weight().kept());
    }

    @Test
    void aLayerThatKeepsAllItMayIsLeftAlone() {
        var layer = Linear.of(Tensor.matrix(new float[] {1, -1, 2, -2}), Tensor.vector(0));
        masks(layer, new SparseEvolution(0, Allocation.perLayer(), 0.5), 3);

        assertArrayEquals(new float[] {1, -1, 2, -2}, layer.weight().value().toArray());
    }

    @Test
    void masksMoveAtTheEndOfEveryEpochButTheLast() {
        var model = Runs.model(2);
        var byEpoch = new ArrayList<List<Mask>>();
        var trainer = Runs.trainer().epochs(4).listen(event -> {
            if (event instanceof TrainingEvent.Stepped stepped && stepped.batch() == 4) {
                byEpoch.add(Runs.masks(model));
            }
        });
        SparseEvolution.sparsity(0.7).train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));

        for (int epoch = 1; epoch < 4; epoch++) {
            assertNotEquals(byEpoch.get(epoch - 1), byEpoch.get(epoch));
        }
        assertEquals(byEpoch.get(3), Runs.masks(model));
        assertEquals(46, Runs.kept(model));
    }

    @Test
    void whereWeightsGrowIsUniform() {
        var counts = new int[6];
        for (int i = 0; i < 3000; i++) {
            var keeps = Runs.flags(1, 0, 0, 0, 0, 0);
            SparseEvolution.grow(keeps, Runs.flags(1, 1, 1, 1, 1, 0), 2, Rng.of(1).split(i));
            for (int k = 0; k < 6; k++) {
                counts[k] += keeps[k] ? 1 : 0;
            }
        }
        assertEquals(3000, counts[0]);
        assertEquals(0, counts[5]);
        for (int k = 1; k < 5; k++) {
            // Half of 3000 with a deviation of 27.
            assertTrue(Math.abs(counts[k] - 1500) < 140, k + ": " + counts[k]);
        }
    }

    @Test
    void sharesAreShares() {
        assertThrows(IllegalArgumentException.class, () -> SparseEvolution.sparsity(-0.1));
        assertThrows(IllegalArgumentException.class, () -> new SparseEvolution(0.5, Allocation.perLayer(), 2));
    }
}
