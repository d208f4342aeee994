package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Labels;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void accuracyIsTheShareOfRightAnswersOverAllBatches() {
        var tally = Metric.accuracy().start();
        tally.add(Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 0), Tensor.vector(0, 1, 1));
        tally.add(Tensor.of(Shape.of(1, 2), 1, 0), Tensor.vector(0));
        assertEquals(0.75, tally.value());
    }

    @Test
    void withoutSamplesThereIsNone() {
        assertTrue(Double.isNaN(Metric.accuracy().start().value()));
        assertEquals("accuracy", Metric.accuracy().name());
        assertTrue(Metric.accuracy().higherIsBetter());
    }

    @Test
    void theAnswersAreThoseOfAnInferenceModel() {
        var x = Rng.of(1).normal(Shape.of(50, 3), 1);
        for (var model : new Layer[] {
            Sequential.of(Linear.of(3, 1)),
            Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 1), Activation.sigmoid()),
            Sequential.of(Linear.of(3, 2)),
            Sequential.of(Linear.of(3, 5), Activation.softmax())
        }) {
            model.initialize(Init.heNormal(), 3);
            int[] classes = InferenceModel.of(model).classify(x);
            assertEquals(1, Metric.accuracy().of(model, Dataset.of(x, Labels.of(classes))), model.toString());
            assertEquals(1, Metric.topKAccuracy(1).of(model, Dataset.of(x, Labels.of(classes))), model.toString());
            assertEquals(50, Math.round(ConfusionMatrix.of(model, Dataset.of(x, Labels.of(classes))).accuracy() * 50));
        }
    }

    @Test
    void severalLabelsAreRefused() {
        var tally = Metric.accuracy().start();
        var labels = Tensor.of(Shape.of(2, 2), 1, 0, 1, 1);
        assertThrows(ShapeException.class, () -> tally.add(Tensor.zeros(Shape.of(2, 2)), labels));
    }
}
