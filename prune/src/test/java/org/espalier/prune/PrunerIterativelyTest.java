package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;

class PrunerIterativelyTest {
    private final org.espalier.nn.Sequential model = Problems.network(7);

    @Test
    void everyStepScoresTheModelThatTheLastOneLeft() {
        var kept = new ArrayList<Integer>();
        Criterion watched = context -> {
            kept.add(context.targets().stream().map(PrunableWeight::mask).mapToInt(m -> m.map(Mask::kept).orElse(0))
                    .sum());
            return Magnitude.L1.score(context);
        };
        var pruner = Unstructured.global(watched).sparsity(0.5).layers("fc1").schedule(SparsitySchedule.linear(5));
        var plan = pruner.applyIteratively(model, Calibration.none(), 0);

        // Of 50 weights: no mask, then 45, 40, 35, 30.
        assertEquals(List.of(0, 45, 40, 35, 30), kept);
        assertEquals(25, plan.removed());
    }

    @Test
    void aGeometricScheduleEndsAtTheExactCount() {
        var pruner = Unstructured.global(Magnitude.L1).sparsity(0.9)
                .floor(Floor.units(1))
                .schedule(SparsitySchedule.exponential(100));

        assertEquals(61, pruner.applyIteratively(model, Calibration.none(), 0).removed());
    }

    @Test
    void afterAnErrorTheModelIsAsBefore() {
        var before = Problems.bits(model);
        Criterion failing = context -> {
            if (context.targets().getFirst().mask().isPresent()) {
                throw new IllegalArgumentException("no");
            }
            return Magnitude.L1.score(context);
        };
        var pruner = Unstructured.global(failing).sparsity(0.9).schedule(SparsitySchedule.exponential(3));

        assertThrows(IllegalArgumentException.class, () -> pruner.applyIteratively(model, Calibration.none(), 0));
        assertEquals(before, Problems.bits(model));
    }
}
