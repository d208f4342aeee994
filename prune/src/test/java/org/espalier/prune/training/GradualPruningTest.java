package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.train.EarlyStopping;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;

class GradualPruningTest {
    @Test
    void eachStepOfTheScheduleIsDueAtItsShareOfTheTraining() {
        var method = new GradualPruning(0.9, Allocation.perLayer(), SparsitySchedule.cubic(4), 0.25, 0.75);

        assertEquals(List.of(38, 50, 62, 75), List.of(
                method.due(1, 100), method.due(2, 100), method.due(3, 100), method.due(4, 100)));
    }

    @Test
    void theCubicScheduleIsFollowedAndEndsExactly() {
        var method = new GradualPruning(0.75, Allocation.global(), SparsitySchedule.cubic(2), 0, 0.5);
        var kept = Runs.keptByStep(Runs.model(3), method, Runs.training());

        // 152 weights; half-way 0.75·(1 − 1/8) = 0.65625 of them go, 99.75, rounded 100; in the end 114.
        assertEquals(Collections.nCopies(8, 152), kept.subList(0, 8));
        assertEquals(Collections.nCopies(8, 52), kept.subList(8, 16));
        assertEquals(Collections.nCopies(16, 38), kept.subList(16, 32));
    }

    @Test
    void theLeastWeightsGo() {
        var model = Runs.model(3);
        var weights = model.parameters().get("fc1.weight").value().toArray();
        var order = new Integer[80];
        java.util.Arrays.setAll(order, i -> i);
        java.util.Arrays.sort(order, (a, b) -> Float.compare(Math.abs(weights[a]), Math.abs(weights[b])));
        var trainer = Trainer.of(model, org.espalier.nn.loss.Loss.meanSquaredError(),
                org.espalier.nn.optim.Optimizer.sgd(0)).epochs(1);
        new GradualPruning(0.25, Allocation.perLayer(), SparsitySchedule.oneShot(), 0, 1)
                .train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));
        var mask = model.parameters().get("fc1.weight").mask().orElseThrow();
        for (int i = 0; i < 80; i++) {
            assertEquals(i >= 20, mask.keeps(order[i]), "rank " + i);
        }
    }

    @Test
    void aCyclicScheduleGivesAllBackAtZeroAndEndsExactly() {
        var method = new GradualPruning(0.5, Allocation.global(),
                SparsitySchedule.cyclic(2, SparsitySchedule.linear(2)), 0, 1);
        var model = Runs.model(3);
        var kept = Runs.keptByStep(model, method, Runs.training());

        assertEquals(List.of(152, 114, 76, 152, 76), List.of(
                kept.get(7), kept.get(8), kept.get(16), kept.get(24), Runs.kept(model)));
    }

    @Test
    void masksOfEarlierPruningComeBackWithTheCycleAsTheyWere() {
        var model = Runs.model(3);
        model.parameters().get("fc1.weight")
                .assignMask(Mask.of(model.parameters().get("fc1.weight").shape(), i -> i >= 8));
        var method = new GradualPruning(0.5, Allocation.global(),
                SparsitySchedule.cyclic(2, SparsitySchedule.linear(2)), 0, 1);
        var kept = Runs.keptByStep(model, method, Runs.training());

        assertEquals(144, kept.get(24));
        assertEquals(76, Runs.kept(model));
    }

    @Test
    void aTrainingThatGoesBackOrStopsBeforeTheEndIsAnError() {
        var model = Runs.model(3);
        var before = StateDict.of(model);
        var method = GradualPruning.sparsity(0.99);
        var validation = Runs.samples(32, 9);
        var best = TrainingSetup.of(Runs.trainer().metric(Metric.meanSquaredError()).keepBest(), Runs.samples(64, 1));
        var early = TrainingSetup.of(Runs.trainer().earlyStopping(new EarlyStopping(1, 100)), Runs.samples(64, 1));

        assertThrows(IllegalStateException.class, () -> method.train(model, best.validate(validation)));
        assertEquals(before, StateDict.of(model));
        assertThrows(IllegalStateException.class, () -> method.train(model, early.validate(validation)));
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void theStretchHasADirection() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new GradualPruning(0.9, Allocation.perLayer(), SparsitySchedule.oneShot(), 0.5, 0.4));
    }
}
