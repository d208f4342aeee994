package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class RigLTest {
    private static final boolean[] EVERYWHERE = Runs.flags(1, 1, 1, 1, 1, 1, 1, 1, 1);

    @Test
    void theLeastWeightsGoAndTheLargestGradientsCome() {
        float[] weights = {5, -1, 0, 2, 0, -3, 0, 0, 4};
        double[] gradients = {9, 1, 2, 0, 7, 9, 3, 6, 9};
        var keeps = Runs.flags(1, 1, 0, 1, 0, 1, 0, 0, 1);
        RigL.replace(weights, gradients, keeps, EVERYWHERE, 2);

        // −1 and 2 go; of the six then free the gradients 7 and 6 are largest.
        assertArrayEquals(Runs.flags(1, 0, 0, 0, 1, 1, 0, 1, 1), keeps);
    }

    @Test
    void whatWasJustDroppedMayComeBackAndOfEqualGradientsTheFirstDoes() {
        float[] weights = {5, -1, 0, 2, 0, -3, 0, 0, 4};
        double[] gradients = {9, 3, 3, 8, 3, 9, 3, 3, 9};
        var keeps = Runs.flags(1, 1, 0, 1, 0, 1, 0, 0, 1);
        RigL.replace(weights, gradients, keeps, EVERYWHERE, 2);

        assertArrayEquals(Runs.flags(1, 1, 0, 1, 0, 1, 0, 0, 1), keeps);
    }

    @Test
    void nothingGrowsWhereNothingIsAllowed() {
        float[] weights = {5, -1, 0, 2, 0, -3, 0, 0, 4};
        double[] gradients = {9, 1, 2, 0, 7, 9, 3, 6, 9};
        var keeps = Runs.flags(1, 1, 0, 1, 0, 1, 0, 0, 1);
        RigL.replace(weights, gradients, keeps, Runs.flags(1, 1, 1, 1, 0, 1, 1, 0, 1), 2);

        assertArrayEquals(Runs.flags(1, 0, 1, 0, 0, 1, 1, 0, 1), keeps);
    }

    @Test
    void theShareFallsAlongHalfACosine() {
        var method = RigL.sparsity(0.9);

        assertEquals(0.3, method.share(0, 300), 1e-12);
        assertEquals(0.225, method.share(100, 300), 1e-12);
        assertEquals(0.15, method.share(150, 300), 1e-12);
        assertEquals(0.075, method.share(200, 300), 1e-12);
    }

    @Test
    void updatesAreEveryFewStepsBeforeTheEndAndCountsStay() {
        var model = Runs.model(1);
        var changed = changes(model, RigL.sparsity(0.8).every(5));

        // 32 steps, the end at 24: steps 5, 10, 15 and 20. At 15 and 20 f is 0.093 and 0.02: too little for a change
        // in the last layer, not in all.
        assertTrue(List.of(5, 10, 15, 20).containsAll(changed.keySet()), changed.keySet()::toString);
        assertTrue(changed.keySet().containsAll(List.of(5, 10)), changed.keySet()::toString);
        assertEquals(30, Runs.kept(model));
    }

    /** The masks after each step at which they had changed. */
    private static Map<Integer, List<Mask>> changes(Sequential model, RigL method) {
        var changes = new LinkedHashMap<Integer, List<Mask>>();
        var last = new ArrayList<Mask>();
        var counts = new HashSet<Integer>();
        var trainer = Runs.trainer().listen(event -> {
            if (event instanceof TrainingEvent.Stepped stepped) {
                var masks = Runs.masks(model);
                if (!last.isEmpty() && !masks.equals(last)) {
                    changes.put(stepped.step(), masks);
                }
                last.clear();
                last.addAll(masks);
                counts.add(Runs.kept(model));
            }
        });
        method.train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));
        assertEquals(1, counts.size());
        return changes;
    }

    @Test
    void anUpdateChangesNoWeightAndNoBias() {
        var model = Runs.model(1);
        var before = new ArrayList<StateDict>();
        var trainer = Runs.trainer().listen(event -> {
            switch (event) {
                case TrainingEvent.Differentiated at when at.step() == 5 -> before.add(StateDict.of(model));
                case TrainingEvent.Stepped at when at.step() == 5 -> before.add(StateDict.of(model));
                default -> {}
            }
        });
        RigL.sparsity(0.8).every(5).train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));
        before.get(0).entries().forEach((name, old) -> {
            var now = before.get(1).entries().get(name);
            for (int i = 0; i < old.value().size(); i++) {
                boolean stayed = now.mask().isEmpty() || now.mask().get().keeps(i);
                float expected = stayed ? old.value().toArray()[i] : 0;
                assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(now.value().toArray()[i]));
            }
        });
        assertNotEquals(before.get(0), before.get(1));
    }

    @Test
    void theStartIsErdosRenyi() {
        var model = Sequential.of(Linear.of(40, 20), Linear.of(20, 10));
        model.initialize(Init.heNormal(), 1);
        var samples = org.espalier.nn.data.Dataset.of(
                Rng.of(1).normal(Shape.of(4, 40), 1),
                org.espalier.tensor.Tensor.zeros(Shape.of(4, 10)));
        RigL.sparsity(0.8).train(model, TrainingSetup.of(Runs.trainer().epochs(1), samples));

        // 200 weights stay, in proportion to 60 and 30.
        assertEquals(List.of(133, 67), PrunableWeight.of(model).stream().map(one -> one.weight().kept()).toList());
    }

    @Test
    void removedNeuronsStayAway() {
        var model = Runs.model(1);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(10, 8), i -> i / 8 != 3));
        model.parameters().get("fc2.weight").assignMask(Mask.of(Shape.of(6, 10), i -> i % 10 != 3));
        RigL.sparsity(0.5).every(2).train(model, Runs.training());
        for (int i = 0; i < 8; i++) {
            assertEquals(0, Float.floatToRawIntBits(model.parameters().get("fc1.weight").value().get(3, i)));
        }
        for (int i = 0; i < 6; i++) {
            assertEquals(0, Float.floatToRawIntBits(model.parameters().get("fc2.weight").value().get(i, 3)));
        }
        assertEquals(76, Runs.kept(model));
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RigL.sparsity(1.1));
        assertThrows(IllegalArgumentException.class, () -> RigL.sparsity(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> RigL.sparsity(0.9).every(0));
    }

    @Test
    void aLoopOfTheCallersUpdatesTheSameMasks() {
        var model = Sequential.of(Linear.of(4, 6), Linear.of(6, 2));
        model.initialize(Init.heNormal(), 1);
        var first = StateDict.of(model);
        var method = RigL.sparsity(0.5).every(10);
        var updates = method.begin(model, 40, 7);
        var drawn = StateDict.of(model);
        assertEquals(18, PrunableWeight.of(model).stream().mapToInt(one -> one.weight().kept()).sum());
        assertTrue(updates.replaces(10) && !updates.replaces(0) && !updates.replaces(15) && !updates.replaces(30));
        var loss = model.forward(Rng.of(3).normal(Shape.of(5, 4), 1)).square().sum();
        updates.update(10, loss.backward());
        var moved = StateDict.of(model);
        assertNotEquals(drawn, moved);

        // A resumed loop: the model as it was at first, then the state of the checkpoint.
        first.applyTo(model);
        var resumed = method.resume(model, 40);
        drawn.applyTo(model);
        var again = model.forward(Rng.of(3).normal(Shape.of(5, 4), 1)).square().sum();
        resumed.update(10, again.backward());
        assertEquals(moved, StateDict.of(model));
    }
}
