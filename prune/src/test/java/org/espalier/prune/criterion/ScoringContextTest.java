package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Activation;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class ScoringContextTest {
    private final ScoringContext context = ScoringContext.of(
            Sequential.of(
                    Cases.layer(1, 0, 0, 0, 1, 0, 0, 0, 1), Activation.relu(), Cases.layer(1, 1, 1, 0, 2, 0, 0, 0, 0)),
            Cases.examples(new float[] {1, 2, -3}, new float[] {1, 1, 1}));

    @Test
    void thereIsAGradientForEachBatchAndTarget() {
        // The sum of the outputs is h1 + 3·h2 + h3; the third unit is off in the first batch.
        assertArrayEquals(
                new float[] {1, 2, -3, 3, 6, -9, 0, 0, 0}, context.gradients().get(0).get("fc1.weight"));
        assertArrayEquals(new float[] {1, 2, 0, 1, 2, 0, 1, 2, 0}, context.gradients().get(0).get("fc2.weight"));
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, context.gradients().get(1).get("fc2.weight"));
    }

    @Test
    void gradientsAndActivationsAreComputedOnce() {
        assertSame(context.gradients(), context.gradients());
        assertSame(context.activations(), context.activations());
        assertEquals(2, context.activations().size());
    }

    @Test
    void withoutDataThereAreNoBatches() {
        var bare = ScoringContext.of(context.model());

        assertThrows(IllegalArgumentException.class, bare::batches);
        assertThrows(IllegalArgumentException.class, bare::gradients);
    }
}
