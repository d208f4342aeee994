package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Flatten;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static Step compiled(Layer model, LinearFormat format, int in) {
        var steps = Steps.of(format, in);
        model.compile(steps);
        return steps.build();
    }

    private static Step compiled(Layer model, int in) {
        return compiled(model, LinearFormat.dense(), in);
    }

    private static float[] apply(Step step, float... x) {
        var y = new float[step.out()];
        step.apply(x, 0, 1, y, 0, new Workspace());
        return y;
    }

    @Test
    void whatInferenceDoesNotNeedIsLeftOut() {
        var model = Sequential.of(
                Flatten.of(),
                Linear.of(2, 2),
                Dropout.of(0.5f),
                BatchNorm1d.of(2),
                Activation.relu(),
                BatchNorm1d.of(2),
                Sequential.of(Dropout.of(0.1f)),
                Residual.of(Sequential.of(Linear.of(2, 2), BatchNorm1d.of(2))),
                Concat.of(Sequential.of(), Dropout.of(0.2f)));

        assertEquals(
                "[dense(2 → 2, RELU), batch norm(2), graph(1 = dense(2 → 2, NONE)[0], 2 = SUM[0, 1]), "
                        + "graph(3 = CONCAT[0, 0])]",
                compiled(model, 2).toString());
    }

    @Test
    void aNormBecomesPartOfTheLayerByHand() {
        var linear = Linear.of(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), Tensor.vector(10, 20));
        linear.weight().assignMask(Mask.of(Shape.of(2, 2), i -> i != 2));
        var norm = BatchNorm1d.of(2, 0.75f, 0.1f);
        norm.weight().assign(Tensor.vector(3, -2));
        norm.bias().assign(Tensor.vector(100, 200));
        norm.runningMean().assign(Tensor.vector(4, 6));
        norm.runningVariance().assign(Tensor.vector(1.5f, 0.25f));
        var seen = new ArrayList<LinearFormat.Weights>();

        // scales 3 / √2.25 = 2 and −2 / √1 = −2; biases 2·(10 − 4) + 100 and −2·(20 − 6) + 200
        compiled(Sequential.of(linear, norm), weights -> {
            seen.add(weights);
            return LinearFormat.dense().step(weights);
        }, 2);

        var folded = seen.getFirst();
        assertEquals(1, seen.size());
        assertEquals("fc1", folded.name());
        assertArrayEquals(new float[] {2, 4, 0, -8}, folded.weight().toArray());
        assertEquals(0, Float.floatToRawIntBits(folded.weight().toArray()[2]));
        assertArrayEquals(new float[] {112, 172}, folded.bias().toArray());
        assertTrue(linear.weight().value().get(0, 0) == 1, "the original is left alone");
    }

    @Test
    void aNormOfALayerWithoutBiasGivesItOne() {
        var norm = BatchNorm1d.of(1, 0, 0.1f);
        norm.bias().assign(Tensor.vector(5));
        norm.runningMean().assign(Tensor.vector(4));
        norm.runningVariance().assign(Tensor.vector(0.25f));

        var step = compiled(Sequential.of(Linear.of(Tensor.matrix(new float[] {3})), norm), 1);

        // (3·7 − 4) / ½ + 5
        assertEquals("dense(1 → 1, NONE)", step.toString());
        assertArrayEquals(new float[] {39}, apply(step, 7));
    }

    @Test
    void layersOverTheInnermostAxisRunForEachVector() {
        var steps = Steps.of(LinearFormat.dense(), 1);
        steps.samples(new Repeat(), 2, 2);
        Linear.of(Tensor.matrix(new float[] {1, 10}), Tensor.vector(1)).compile(steps.at("fc"));
        assertArrayEquals(new int[] {2, 1}, steps.shape());
        steps.flatten();
        assertArrayEquals(new int[] {2}, steps.shape());

        // [3, 3, 3, 3] as two vectors [3, 3]: 3 + 30 + 1 for each
        assertArrayEquals(new float[] {34, 34}, apply(steps.build(), 3));
    }

    /** Gives its input four times. */
    private record Repeat() implements Step {
        @Override
        public int in() {
            return 1;
        }

        @Override
        public int out() {
            return 4;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int i = 0; i < 4 * rows; i++) {
                y[yo + i] = x[xo + i / 4];
            }
        }
    }

    @Test
    void theThresholdIsWhatTheLastFunctionsMakeOfZero() {
        for (var end : List.of(Activation.sigmoid(), Activation.hardSigmoid())) {
            var steps = Steps.of(LinearFormat.dense(), 2);
            Sequential.of(Linear.of(2, 1), end).compile(steps);
            assertEquals(0.5f, steps.threshold());
            Linear.of(1, 1).compile(steps);
            assertEquals(0, steps.threshold());
        }
    }

    @Test
    void misfitsNameTheLayer() {
        var e = assertThrows(ShapeException.class,
                () -> compiled(Sequential.of(Linear.of(2, 3), Linear.of(2, 3)), 2));
        assertEquals("inference: fc2 takes rows of 2 but is given 3", e.getMessage());
        e = assertThrows(ShapeException.class, () -> compiled(Residual.of(Linear.of(2, 3)), 2));
        assertEquals("inference: the model cannot merge [2] and [3]", e.getMessage());
    }
}
