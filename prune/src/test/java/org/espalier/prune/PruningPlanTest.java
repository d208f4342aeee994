package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Floor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PruningPlanTest {
    private final Sequential model = Sequential.of(
            Linear.of(Tensor.matrix(new float[] {1, -4}, new float[] {3, 2}), Tensor.vector(0, 0)),
            Linear.of(Tensor.matrix(new float[] {5, 6}), Tensor.vector(0)));

    private final PruningPlan plan =
            Unstructured.global(Magnitude.L1).sparsity(0.5).floor(Floor.units(1)).plan(model);

    @Test
    void aPlanSaysWhatWillHappen() {
        assertEquals(List.of("fc1", "fc2"), plan.layers());
        assertEquals(6, plan.units());
        assertEquals(3, plan.removed());
        assertEquals(3, plan.removed("fc1"));
        assertEquals(2, plan.units("fc2"));
        assertEquals(Map.of("fc1.weight", Mask.of(Shape.of(2, 2), i -> i == 1)), plan.masks());
        assertEquals("PruningPlan(3 of 6 units removed)", plan.toString());
    }

    @Test
    void applyingMakesTheModelMatchThePlan() {
        plan.apply();

        assertEquals(Optional.of(plan.masks().get("fc1.weight")), model.parameters().get("fc1.weight").mask());
        assertEquals(Optional.empty(), model.parameters().get("fc2.weight").mask());
        assertEquals(-4, model.parameters().get("fc1.weight").value().get(0, 1));
        assertEquals(0, Float.floatToRawIntBits(model.parameters().get("fc1.weight").value().get(1, 1)));
    }

    @Test
    void aUnitIsExplainedByItsScoreRankAndThreshold() {
        assertEquals(new Explanation("fc1", 1, Explanation.Fate.KEPT, 4, 4, 4, 3), plan.explain("fc1", 1));
        assertEquals(new Explanation("fc1", 3, Explanation.Fate.REMOVED, 2, 2, 4, 3), plan.explain("fc1", 3));
        assertEquals(Double.NEGATIVE_INFINITY, plan.explain("fc2", 0).threshold());

        plan.apply();
        var next = Unstructured.global(Magnitude.L1).sparsity(0.5).plan(model);
        assertEquals(Explanation.Fate.REMOVED_EARLIER, next.explain("fc1", 3).fate());
    }

    @Test
    void aPlanOfNeuronsHasMasksForTheirBiasesAndReadersToo() {
        var neurons = Structured.neurons(Magnitude.L1).sparsity(0.5).plan(model);

        // Both rows have the norm 5: the first goes.
        assertEquals(
                Map.of(
                        "fc1.weight", Mask.of(Shape.of(2, 2), i -> i >= 2),
                        "fc1.bias", Mask.of(Shape.of(2), i -> i == 1),
                        "fc2.weight", Mask.of(Shape.of(1, 2), i -> i == 1)),
                neurons.masks());
    }

    @Test
    void askingForWhatIsNotThereIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> plan.removed("fc3"));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.explain("fc1", 4));
    }
}
