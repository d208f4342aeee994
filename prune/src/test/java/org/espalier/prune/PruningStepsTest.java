package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PruningStepsTest {
    @Test
    void amountsCountFromTheModelAtTheStart() {
        var linear = Linear.of(4, 1);
        linear.weight().assign(Tensor.matrix(new float[][] {{1, 2, 3, 4}}));
        var model = Sequential.of(linear);
        var steps =
                Unstructured.perLayer(Magnitude.L1).ofRemaining(0.5).schedule(SparsitySchedule.linear(2)).steps(model);

        var first = steps.plan(1, Calibration.none(), Optional.empty(), 0);
        assertEquals(1, first.removed());
        first.apply();
        // Half of the four weights at the start, not of the three that are left.
        assertEquals(2, steps.plan(2, Calibration.none(), Optional.empty(), 0).removed());
    }
}
