package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class PixelScaleTest {
    private static final PixelScale SCALE = new PixelScale(0.25f, 0.5f);

    @Test
    void theCopyTakesPixelsAndGivesTheSame() {
        var model = Sequential.of(Linear.of(40, 12), Activation.relu(), Linear.of(12, 3));
        model.initialize(Init.heNormal(), 1);
        Unstructured.global(Criterion.magnitude()).sparsity(0.9).plan(model).apply();
        var pixels = Rng.of(2).uniform(Shape.of(20, 40), 0, 1);
        var normalized = pixels.minus(0.25f).times(2);

        for (var pruned : new org.espalier.nn.Layer[] {model, Shrink.of(model).model()}) {
            var served = SCALE.takenInto(pruned);

            assertArrayEquals(pruned.forward(normalized).toArray(), served.forward(pixels).toArray(), 1e-5f);
            assertEquals(pruned.parameters().get("fc1.weight").kept(), served.parameters().get("fc1.weight").kept());
            assertEquals(ModelFile.of(pruned).toBytes().length, ModelFile.of(served).toBytes().length);
        }
    }

    @Test
    void aModelThatDoesNotBeginWithALinearLayerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SCALE.takenInto(Activation.relu()));
        assertThrows(IllegalArgumentException.class, () -> SCALE.takenInto(Sequential.of(Linear.withoutBias(4, 2))));
    }
}
