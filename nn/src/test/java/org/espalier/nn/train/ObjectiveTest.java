package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    @Test
    void aLossIsAnObjective() {
        var model = Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(1));
        var batch = new Batch(Tensor.of(Shape.of(2, 1), 1, 2), Tensor.of(Shape.of(2, 1), 3, 3));
        assertEquals(2, Objective.of(Loss.meanSquaredError()).loss(model, batch, Mode.inference()).item());
    }

    @Test
    void aPenaltyPullsTheWeightsItCharges() {
        var model = Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(1));
        var data = Dataset.of(Tensor.zeros(Shape.of(1, 1)), Tensor.of(Shape.of(1, 1), 1));
        var objective = Objective.of(Loss.meanSquaredError())
                .withPenalty(layer -> layer.parameters().get("weight").value().abs().sum().times(0.5f));
        Trainer.of(model, objective, Optimizer.sgd(1)).epochs(1).fit(data);
        assertArrayEquals(new float[] {1.5f}, model.weight().value().toArray());
        assertArrayEquals(new float[] {1}, model.bias().orElseThrow().value().toArray());
    }

    @Test
    void aTeacherCanBeImitated() {
        var teacher = Linear.of(4, 3);
        teacher.initialize(Init.heNormal(), 1);
        var student = Linear.of(4, 3);
        var inputs = Rng.of(2).normal(Shape.of(64, 4), 1);
        var data = Dataset.of(inputs, Tensor.zeros(Shape.of(64)));
        Objective distillation = (model, batch, mode) -> {
            var wanted = NoGrad.call(() -> teacher.forward(batch.inputs()).softmax());
            return Loss.crossEntropy().value(model.forward(batch.inputs(), mode), wanted);
        };
        Trainer.of(student, distillation, Optimizer.adam(0.05f)).epochs(60).fit(data);
        var wanted = teacher.forward(inputs).softmax().detach();
        var given = student.forward(inputs).softmax().detach();
        assertTrue(given.minus(wanted).abs().max().item() < 0.02, "largest difference in probability");
    }
}
