package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NetworkSurgeryTest {
    @Test
    void theThresholdIsMeanAndDeviationsOfTheKept() {
        // |w| of the kept: 1, 2, 3, 6: mean 3, variance 3.5.
        float[] weights = {1, -2, 3, -6, 100};

        assertEquals(3 + 2 * Math.sqrt(3.5),
                NetworkSurgery.deviations(2).threshold(weights, Runs.flags(1, 1, 1, 1, 0)), 1e-12);
        assertEquals(0, NetworkSurgery.deviations(-9).threshold(weights, Runs.flags(1, 1, 1, 1, 0)));
        assertEquals(0, NetworkSurgery.deviations(2).threshold(weights, Runs.flags(0, 0, 0, 0, 0)));
    }

    @Test
    void betweenTheThresholdsNothingChanges() {
        // Kept and not kept by turns, threshold 10: out up to 9, in from above 11.
        float[] weights = {9, -9, 9.5f, -9.5f, 11, 11, -11.5f, 11.5f, 50};
        var keeps = Runs.flags(1, 0, 1, 0, 1, 0, 1, 0, 0);
        NetworkSurgery.update(weights, keeps, Runs.flags(1, 1, 1, 1, 1, 1, 1, 1, 0), 10);

        assertArrayEquals(Runs.flags(0, 0, 1, 0, 1, 0, 1, 1, 0), keeps);
    }

    @Test
    void aWeightThatIsOutGoesOnLearningAndIsSplicedIn() {
        // y = 3·x0 + 3·x1 from w = (3, 0.1): the threshold is |w|'s mean 1.55 (c = 0), so w1 is out after the first
        // step, but its gradient is −2·(3 − 0)·x1²: it learns until it is above 1.1·1.55 and comes back.
        var layer = Linear.of(Tensor.matrix(new float[] {3, 0.1f}), Tensor.vector(0));
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var samples = Dataset.of(
                Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}), Tensor.matrix(new float[] {3}, new float[] {3}));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).batchSize(2);
        var method = new NetworkSurgery(0, 0, 1, 1);

        method.train(layer, TrainingSetup.of(trainer.epochs(2), samples));
        assertArrayEquals(new float[] {3, 0}, layer.weight().value().toArray(), 1e-6f);
        assertEquals(1, layer.weight().kept());

        layer.weight().clearMask();
        layer.weight().assign(Tensor.matrix(new float[] {3, 0.1f}));
        method.train(layer, TrainingSetup.of(trainer.epochs(40), samples));
        assertArrayEquals(new float[] {3, 3}, layer.weight().value().toArray(), 0.05f);
        assertEquals(2, layer.weight().kept());
    }

    @Test
    void lookingBecomesRarerAndEnds() {
        var counts = new ArrayList<Integer>();
        for (double until : new double[] {0, 1}) {
            var model = Runs.model(2);
            var method = new NetworkSurgery(1, 0, 1, until);
            method.train(model, Runs.training());
            counts.add(Runs.kept(model));
        }

        assertEquals(152, counts.get(0));
        assertTrue(counts.get(1) < 100, counts::toString);
    }

    @Test
    void validationSeesTheMaskedModel() {
        var model = Runs.model(2);
        var losses = new ArrayList<Double>();
        var trainer = Runs.trainer().listen(event -> {
            if (event instanceof TrainingEvent.EpochEnded ended) {
                losses.add(ended.record().validationLoss());
            }
        });
        var validation = Runs.samples(32, 4);
        NetworkSurgery.deviations(0.5).train(model,
                TrainingSetup.of(trainer, Runs.samples(64, 1)).validate(validation));

        assertEquals(
                Metric.meanSquaredError().of(model, validation), losses.getLast(), 1e-6);
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> NetworkSurgery.deviations(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new NetworkSurgery(1, -1, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new NetworkSurgery(1, 1, 1, 2));
    }
}
