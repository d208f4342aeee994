package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ShrinkResultTest {
    private static ShrinkResult result() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 1));
        DependencyGraph.of(model).mask("fc1", 1);
        return Shrink.of(model);
    }

    @Test
    void selectsWhatIsLeftOfAnyTensorOfAParametersShape() {
        var left = result().select("fc1.weight", Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new float[] {1, 2, 5, 6}, left.toArray());
        assertThrows(IllegalArgumentException.class, () -> result().select("fc9.weight", Tensor.scalar(1)));
    }

    @Test
    void carriesAnOptimizersStateSlotBySlot() {
        var moments = new LinkedHashMap<String, OptimizerState.Moments>();
        moments.put("fc1.bias", new OptimizerState.Moments(9, Map.of("exp_avg", Tensor.vector(1, 2, 3))));
        var carried = result().carry(new OptimizerState(11, moments));
        assertEquals(11, carried.steps());
        assertEquals(9, carried.moments().get("fc1.bias").steps());
        assertArrayEquals(
                new float[] {1, 3}, carried.moments().get("fc1.bias").slots().get("exp_avg").toArray());
    }

    @Test
    void countsByLayer() {
        assertEquals(1, result().removedFrom("fc1"));
        assertEquals(0, result().removedFrom("fc2"));
    }
}
