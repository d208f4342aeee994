package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuantizationStageTest {
    @Test
    void weightsBecomeWhatTheirCodesStandFor() throws Exception {
        var linear = Linear.of(4, 1);
        linear.weight().assign(Tensor.of(Shape.of(1, 4), 127, -1, 2.4f, 0.5f));
        var report = Pipeline.of(Sequential.of(linear)).stage(Stage.int8("round")).run();

        // The scale is 1; halves go to even.
        assertEquals(List.of(127f, -1f, 2f, 0f), floats(linear.weight().value()));
        // Four codes, one scale and one bias.
        assertEquals(4 + 4 + 4, report.total().bytes());
        var facts = report.stages().getFirst().facts();
        assertEquals(new StageFact("fc1.weight", "largest change", 0.5), facts.getFirst());
    }

    @Test
    void masksStayAndSparseCodesTakeFewerBytes() throws Exception {
        var linear = Linear.of(64, 2);
        linear.weight().assign(org.espalier.tensor.Rng.of(1).normal(Shape.of(2, 64), 1));
        var report = Pipeline.of(Sequential.of(linear))
                .stage("prune", Unstructured.perLayer(Magnitude.L1).sparsity(0.75))
                .stage(Stage.int8("round"))
                .run();

        assertEquals(32, linear.weight().kept());
        // One byte for each of 32, a bit for each of 128, two scales and two biases.
        assertEquals(32 + 16 + 8 + 8, report.total().bytes());
        assertEquals(96, report.stages().get(1).steps().getFirst().removed());
    }

    @Test
    void retrainingLearnsWithTheRoundingAndEndsRounded() throws Exception {
        var model = Problems.network(7);
        var untrained = Problems.network(7);
        Pipeline.of(untrained).stage(Stage.int8("round")).run();
        var report = Pipeline.of(model)
                .stage("prune", Unstructured.perLayer(Magnitude.L1).sparsity(0.5))
                .stage(Stage.int8("round").epochs(2))
                .evaluate(Problems.loss())
                .retrain(0, Problems.retraining())
                .run();

        assertEquals(StateDict.of(QuantizedModel.of(model).dequantized()), StateDict.of(model));
        assertNotEquals(Problems.bits(untrained), Problems.bits(model));
        assertEquals(report.after().get("squared error"), Problems.loss().of(model));
        assertTrue(model.parameters().get("fc1.weight").kept() == 25, "masks stay");
    }

    @Test
    void aRoundingThatIsTooBadIsTakenBackWithItsBytes() throws Exception {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var losses = new java.util.ArrayList<>(List.of(1.0, 2.0, 2.0));
        var report = Pipeline.of(model)
                .stage(Stage.int8("round").tolerance(0.5))
                .evaluate(org.espalier.nn.metrics.Measure.lower("loss", any -> losses.removeFirst()))
                .run();

        assertTrue(report.stages().getFirst().rolledBack());
        assertEquals(before, Problems.bits(model));
        assertEquals(report.layersBefore(), report.layers());
        assertEquals(Map.of("loss", 1.0), report.after());
    }

    private static List<Float> floats(Tensor tensor) {
        var list = new java.util.ArrayList<Float>();
        for (float value : tensor.toArray()) {
            list.add(value);
        }
        return list;
    }
}
