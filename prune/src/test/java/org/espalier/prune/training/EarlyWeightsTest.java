package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class EarlyWeightsTest {
    @Test
    void valuesGoBackAndMasksStay() {
        var layer = Linear.of(Tensor.matrix(new float[] {1, 2, 3}), Tensor.vector(4));
        var early = EarlyWeights.of(layer);
        layer.weight().assign(Tensor.matrix(new float[] {7, 8, 9}));
        layer.bias().orElseThrow().assign(Tensor.vector(5));
        layer.weight().assignMask(Mask.of(Shape.of(1, 3), i -> i != 1));
        early.rewind(layer);

        assertArrayEquals(new float[] {1, 0, 3}, layer.weight().value().toArray());
        assertArrayEquals(new float[] {4}, layer.bias().orElseThrow().value().toArray());
        assertEquals(2, layer.weight().kept());
    }

    @Test
    void theWeightsAfterSomeStepsAreNoted() {
        var model = Runs.model(1);
        var recorder = EarlyWeights.after(6, model);
        assertThrows(IllegalStateException.class, recorder::weights);
        Runs.trainer().model(model).listen(recorder).fit(Runs.samples(64, 1));
        var again = Runs.model(1);
        var first = EarlyWeights.after(0, again);
        // The same steps, then nothing: an epoch of four and one of two.
        Runs.trainer().model(again).listen(first).listen(event -> {
            if (event instanceof org.espalier.nn.train.TrainingEvent.Stepped stepped && stepped.step() == 5) {
                Thread.currentThread().interrupt();
            }
        }).fit(Runs.samples(64, 1));
        Thread.interrupted();

        assertEquals(StateDict.of(again), recorder.weights().state());
        assertEquals(StateDict.of(Runs.model(1)), first.weights().state());
    }

    @Test
    void anotherModelIsRefusedAndUnchanged() {
        var early = EarlyWeights.of(Runs.model(1));
        var other = Sequential.of(Linear.of(2, 2));
        var narrower = Sequential.of(
                Linear.of(8, 9), org.espalier.nn.Activation.relu(), Linear.of(9, 6), org.espalier.nn.Activation.relu(),
                Linear.of(6, 2));

        assertThrows(IllegalArgumentException.class, () -> early.rewind(other));
        assertThrows(ShapeException.class, () -> early.rewind(narrower));
        assertThrows(IllegalArgumentException.class, () -> EarlyWeights.after(-1, other));
    }
}
