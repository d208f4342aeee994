package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Labels;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DistillationTest {
    private static final Batch BATCH = new Batch(Tensor.matrix(new float[] {1}), Labels.of(0));

    /** A model whose logits for {@link #BATCH} are these. */
    private static Linear logits(float... logits) {
        return Linear.of(Tensor.of(org.espalier.tensor.Shape.of(logits.length, 1), logits),
                Tensor.zeros(org.espalier.tensor.Shape.of(logits.length)));
    }

    private static float loss(Distillation objective, Linear model) {
        return objective.loss(model, BATCH, Mode.inference()).item();
    }

    @Test
    void theValueIsTheSumWorkedByHand() {
        // T = 2. The teacher's logits 2·ln 3 and 0 give p = (3/4, 1/4); the model's 0 and 0 give q = (1/2, 1/2).
        // KL = 3/4·ln(3/2) + 1/4·ln(1/2); the hard loss is ln 2.
        double divergence = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
        var objective = new Distillation(logits((float) (2 * Math.log(3)), 0), Loss.crossEntropy(), 2, 0.25f);

        assertEquals(0.75 * Math.log(2) + 0.25 * 4 * divergence, loss(objective, logits(0, 0)), 1e-6);
    }

    @Test
    void aPupilThatKnowsAllTheTeacherDoesHasNoDivergence() {
        var objective = new Distillation(logits(1, -2, 3), Loss.crossEntropy(), 3, 1);

        assertEquals(0, loss(objective, logits(1, -2, 3)), 1e-6);
        // Logits that differ by a constant are the same distribution.
        assertEquals(0, loss(objective, logits(2, -1, 4)), 1e-6);
    }

    @Test
    void inTheLimitOfHighTemperaturesItIsTheSquaredErrorOfLogits() {
        // Hinton et al., equation 4: for logits of mean zero the gradient of T²·KL tends to (z − v) / N.
        var pupil = logits(0.3f, 0.2f, -0.5f);
        var objective = new Distillation(logits(-0.1f, 0.5f, -0.4f), Loss.crossEntropy(), 100, 1);
        var gradients = objective.loss(pupil, BATCH, Mode.inference()).backward();

        assertArrayEquals(
                new float[] {0.4f / 3, -0.3f / 3, -0.1f / 3},
                gradients.of(pupil.weight().value()).toArray(), 2e-3f);
    }

    @Test
    void theGradientIsThatOfTheValueAndTheTeacherHasNone() {
        var teacher = logits(0.5f, -1, 0.25f);
        var pupil = logits(0.1f, 0.7f, -0.3f);
        var objective = new Distillation(teacher, Loss.crossEntropy(), 3, 0.6f);
        var gradients = objective.loss(pupil, BATCH, Mode.inference()).backward();
        float[] values = pupil.weight().value().toArray();
        for (int i = 0; i < 3; i++) {
            var up = values.clone();
            var down = values.clone();
            up[i] += 1e-2f;
            down[i] -= 1e-2f;
            double slope = (loss(objective, logits(up)) - loss(objective, logits(down))) / 2e-2;
            assertEquals(slope, gradients.of(pupil.weight().value()).toArray()[i], 1e-3);
        }
        assertEquals(2, gradients.leaves().size());
    }

    @Test
    void aModelIsNotItsOwnTeacherAndNumbersHaveRanges() {
        var model = logits(1, 2);

        assertThrows(IllegalArgumentException.class,
                () -> loss(Distillation.of(model, Loss.crossEntropy()), model));
        assertThrows(IllegalArgumentException.class,
                () -> new Distillation(model, Loss.crossEntropy(), 0, 0.5f));
        assertThrows(IllegalArgumentException.class,
                () -> new Distillation(model, Loss.crossEntropy(), 1, 1.5f));
    }

    @Test
    void aMaskedPupilComesCloserToItsTeacher() {
        var teacher = Runs.model(3);
        var pupil = Runs.model(3);
        pupil.parameters().get("fc1.weight").assignMask(
                org.espalier.nn.Mask.of(org.espalier.tensor.Shape.of(10, 8), i -> i % 3 != 0));
        var inputs = Rng.of(4).normal(org.espalier.tensor.Shape.of(64, 8), 1);
        var samples = org.espalier.nn.data.Dataset.of(inputs, Labels.of(teacher.forward(inputs).argmax()));
        var objective = new Distillation(teacher, Loss.crossEntropy(), 2, 1);
        double before = objective.loss(pupil, new Batch(inputs, Labels.of(new int[64])), Mode.inference()).item();
        org.espalier.nn.train.Trainer.of(pupil, objective, org.espalier.nn.optim.Optimizer.adam(0.01f))
                .epochs(20)
                .fit(samples);
        double after = objective.loss(pupil, new Batch(inputs, Labels.of(new int[64])), Mode.inference()).item();

        org.junit.jupiter.api.Assertions.assertTrue(after < before / 4, before + " to " + after);
    }
}
