package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MovementRecorderTest {
    /** The loss is the sum of the outputs for this input: every row's gradient is the input. */
    private static void step(MovementRecorder recorder, Sequential model, float... input) {
        var gradients = model.forward(Tensor.matrix(input)).sum().backward();
        recorder.on(new TrainingEvent.Differentiated(0, 0, gradients));
    }

    @Test
    void weightsTimesGradientsAddUpWithTheSignOfDescent() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);
        var model = Sequential.of(layer);
        var recorder = MovementRecorder.of(model, 0.5);
        step(recorder, model, 1, 2, 0);
        layer.weight().assign(Tensor.matrix(
                new float[] {1, 0, 0}, new float[] {0, 0, 0}, new float[] {0, 0, 1}));
        step(recorder, model, -4, 0, 2);

        // −(w·g) of the first step is −1, −4, 0; 1, −4, 0; −2, 2, 0; of the second +4 and −2 in the corners.
        assertArrayEquals(
                new double[] {1.5, -2, 0, 0.5, -2, 0, -1, 1, -1},
                recorder.criterion().movements().get("fc1.weight"),
                1e-12);
    }

    @Test
    void whatIsTakenDoesNotChangeLater() {
        var model = Sequential.of(Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1));
        var recorder = MovementRecorder.of(model);
        var before = recorder.criterion();
        step(recorder, model, 1, 2, 0);

        assertEquals(0, before.movements().get("fc1.weight")[0]);
        assertEquals(-1, recorder.criterion().movements().get("fc1.weight")[0]);
    }

    @Test
    void aTrainerIsListenedTo() {
        // The target is 2·x0, the weights start at 1 and 1: training moves the first away from zero, the other to it.
        var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {1, 1}), Tensor.vector(0)));
        var recorder = MovementRecorder.of(model);
        var samples = Dataset.of(
                Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}), Tensor.matrix(new float[] {2}, new float[] {0}));
        Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(0.1f))
                .batchSize(2)
                .epochs(5)
                .listen(recorder)
                .fit(samples);
        double[] scores = recorder.criterion().movements().get("fc1.weight");

        assertTrue(scores[0] > 0, "away from zero: " + scores[0]);
        assertTrue(scores[1] < 0, "towards zero: " + scores[1]);
    }

    @Test
    void theStepIsPositive() {
        var model = Sequential.of(Linear.of(1, 1));

        assertThrows(IllegalArgumentException.class, () -> MovementRecorder.of(model, 0));
    }
}
