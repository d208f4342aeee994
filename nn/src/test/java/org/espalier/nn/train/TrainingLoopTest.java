package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The loop a teacher writes on the board: forward, backward, step. */
class TrainingLoopTest {

    @Test
    void aRawLoopLearnsExclusiveOr() {
        var x = Tensor.matrix(new float[] {0, 0}, new float[] {0, 1}, new float[] {1, 0}, new float[] {1, 1});
        var y = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
        var model = Sequential.of(Linear.of(2, 8), Activation.tanh(), Linear.of(8, 1));
        model.initialize(Init.xavierNormal(), 1);
        var optimizer = Optimizer.adam(0.05f).bind(model);
        for (int step = 0; step < 200; step++) {
            var loss = Loss.binaryCrossEntropy().value(model.forward(x), y);
            optimizer.step(loss.backward());
        }
        assertArrayEquals(y.toArray(), model.forward(x).sigmoid().toArray(), 0.05f);
    }

    @Test
    void aRawLoopOverBatchesLearnsARegression() {
        var model = Linear.of(3, 1);
        var optimizer = Optimizer.sgd(0.05f).momentum(0.9f).bind(model);
        var batches = DataLoader.of(Samples.line(200, 1), 20).shuffle(1);
        for (int epoch = 0; epoch < 20; epoch++) {
            for (var batch : batches.epoch(epoch)) {
                var output = model.forward(batch.inputs(), Mode.training(Rng.of(epoch)));
                optimizer.step(Loss.meanSquaredError().value(output, batch.targets()).backward());
            }
        }
        assertArrayEquals(new float[] {2, -1, 0}, model.weight().value().toArray(), 1e-3f);
        assertTrue(Math.abs(model.bias().orElseThrow().value().item() - 0.5f) < 1e-3f);
    }
}
