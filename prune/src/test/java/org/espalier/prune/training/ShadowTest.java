package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ShadowTest {
    @Test
    void layersThatShareAWeightShareWhatIsKept() {
        var weight = Parameter.of("weight", Rng.of(1).normal(Shape.of(3, 3), 1));
        var first = Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(3))));
        var second = Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(3))));
        var model = Sequential.of(first, Activation.relu(), second, first);
        var ground = MaskedWeights.of(model);
        var shadow = new Shadow(model, ground, StraightThroughLinear::new);
        shadow.keep(0, Runs.flags(1, 0, 0, 0, 1, 0, 0, 0, 1));
        shadow.finish(model);

        assertEquals(3, weight.kept());
        assertSame(weight, second.weight());
        var x = Rng.of(2).normal(Shape.of(4, 3), 1);
        assertArrayEquals(model.forward(x).toArray(), shadow.model().forward(x).toArray());
    }

    @Test
    void withoutTrainingNothingChanges() {
        var model = Sequential.of(Linear.of(4, 3), BatchNorm1d.of(3), Activation.relu(), Linear.of(3, 2));
        model.initialize(org.espalier.nn.Init.heNormal(), 1);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(3, 4), i -> i % 5 != 0));
        var before = StateDict.of(model);
        var shadow = new Shadow(model, MaskedWeights.of(model), StraightThroughLinear::new);
        shadow.finish(model);

        assertEquals(before, StateDict.of(model));
    }

    @Test
    void whatIsLearnedOutsideTheMaskStaysInTheShadow() {
        var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {1, 2}), Tensor.vector(0)));
        var shadow = new Shadow(model, MaskedWeights.of(model), StraightThroughLinear::new);
        shadow.keep(0, Runs.flags(0, 1));

        assertArrayEquals(new float[] {1, 2}, shadow.weights(0));
        assertEquals(2, shadow.model().forward(Tensor.matrix(new float[] {1, 1})).item());
        shadow.finish(model);
        assertArrayEquals(new float[] {0, 2}, model.parameters().get("fc1.weight").value().toArray());
        assertEquals(List.of(Mask.of(Shape.of(1, 2), i -> i == 1)), Runs.masks(model));
    }
}
