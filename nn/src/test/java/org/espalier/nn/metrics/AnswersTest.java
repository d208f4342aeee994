package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AnswersTest {
    @Test
    void eachSampleIsRightOrWrong() {
        var outputs = Tensor.of(Shape.of(4, 2), 1, 2, 3, 0, 5, 6, 0.5f, 0);
        var answers = Answers.of(Activation.relu(), Dataset.of(outputs, Tensor.of(Shape.of(4), 1, 1, 1, 0)));

        assertEquals(Answers.of(true, false, true, true), answers);
        assertEquals(0.75, answers.accuracy());
        assertEquals("Answers(3 of 4 right)", answers.toString());
    }

    @Test
    void theirShareIsTheAccuracyForAnyNumberOfBatches() {
        var model = Linear.of(3, 4);
        model.weight().assign(Rng.of(1).normal(Shape.of(4, 3), 1));
        var targets = new float[1100];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = i % 4;
        }
        var samples = Dataset.of(Rng.of(2).normal(Shape.of(1100, 3), 1), Tensor.of(Shape.of(1100), targets));

        assertEquals(Metric.accuracy().of(model, samples), Answers.of(model, samples).accuracy());
    }

    @Test
    void aSampleOfSeveralLabelsIsRightIfAllAre() {
        var outputs = Tensor.of(Shape.of(3, 2), 1, 2, 3, -1, -5, 6);
        var samples = Dataset.of(outputs, Tensor.of(Shape.of(3, 2), 1, 1, 1, 1, 0, 1));
        var identity = Linear.of(Tensor.eye(2), Tensor.zeros(Shape.of(2)));
        assertEquals(Answers.of(true, false, true), Answers.ofLabels(identity, samples));
        assertThrows(ShapeException.class, () -> Answers.of(Activation.relu(), samples));
    }
}
