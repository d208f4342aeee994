package org.espalier.prune.graph;

import static org.espalier.prune.graph.MaskedModels.maskOut;
import static org.espalier.prune.graph.MaskedModels.parameter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** How each kind of layer takes part in a shrink. */
class ShrinkLayersTest {
    private static final RemovalCause DEAD = RemovalCause.DEAD;
    private static final RemovalCause CONSTANT = RemovalCause.CONSTANT;

    private static <L extends Layer> L started(L model) {
        model.initialize(Init.heNormal(), 7);
        return model;
    }

    private static void assertSameOutputs(Layer model, ShrinkResult result, int in) {
        var x = Rng.of(1).normal(Shape.of(4, in), 1);
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray(), 1e-5f);
    }

    @Test
    void aConstantPassesThroughTheActivationItReallyMeets() {
        var model = Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1}, new float[] {0}), Tensor.vector(0, 0)),
                Activation.sigmoid(),
                Linear.of(Tensor.matrix(new float[] {2, 8}), Tensor.vector(1)));
        maskOut(model, "fc1.weight", 0, 1);
        var result = Shrink.of(model);
        assertEquals(5, parameter(result.model(), "fc2.bias").value().item()); // 1 + 8·sigmoid(0)
    }

    @Test
    void batchNormCarriesConstantsByItsRunningStatisticsAndLosesItsOwnShare() {
        var norm = BatchNorm1d.of(2, 0, 0.1f);
        norm.weight().assign(Tensor.vector(1, 3));
        norm.bias().assign(Tensor.vector(0, 1));
        norm.runningMean().assign(Tensor.vector(0, 2));
        norm.runningVariance().assign(Tensor.vector(1, 4));
        var model = Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1}, new float[] {9}), Tensor.vector(0, 6)),
                norm,
                Linear.of(Tensor.matrix(new float[] {1, 10}), Tensor.vector(0)));
        maskOut(model, "fc1.weight", 0, 1);
        var smaller = Shrink.of(model).model();
        assertEquals(10 * ((6 - 2) / 2f * 3 + 1), parameter(smaller, "fc2.bias").value().item());
        for (var name : List.of("bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")) {
            assertEquals(Shape.of(1), parameter(smaller, name).shape(), name);
        }
    }

    @Test
    void aMaskedNormScaleCutsTheUnitBeforeItOffAndLeavesItsShift() {
        var model = started(Sequential.of(Linear.of(3, 2), BatchNorm1d.of(2), Activation.relu(), Linear.of(2, 1)));
        parameter(model, "bn1.bias").assign(Tensor.vector(0, 4));
        maskOut(model, "bn1.weight", 0, 1);
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit("fc1", 1, DEAD)), result.removed());
        float column = parameter(model, "fc2.weight").value().get(0, 1);
        assertEquals(4 * column, parameter(result.model(), "fc2.bias").value().item());
    }

    @Test
    void layerNormRefusesEvenAUnitThatIsAlwaysZero() {
        var model = started(Sequential.of(Linear.of(3, 3), LayerNorm.of(3), Linear.of(3, 2)));
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "fc2.weight", 1, 1);
        var result = Shrink.of(model);
        assertTrue(result.removed().isEmpty());
        assertEquals(List.of(new RefusedUnit("fc1", 1, KeepReason.NORMALIZED_TOGETHER)), result.refused());
        assertSameOutputs(model, result, 3);
    }

    @Test
    void softmaxRefusesToo() {
        var model = started(Sequential.of(Linear.of(3, 3), Activation.softmax(), Linear.of(3, 2)));
        maskOut(model, "fc1.weight", 0, 1);
        assertEquals(
                List.of(new RefusedUnit("fc1", 1, KeepReason.NORMALIZED_TOGETHER)), Shrink.of(model).refused());
    }

    @Test
    void aCoordinateOfAResidualStreamGoesFromEverythingThatWritesOrReadsIt() {
        var model = started(Sequential.of(
                Linear.of(2, 3),
                Residual.of(Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 3))),
                Linear.of(3, 2)));
        DependencyGraph.of(model).mask("fc1", 1);
        var result = Shrink.of(model);
        assertEquals(
                List.of(new RemovedUnit("fc1", 1, DEAD), new RemovedUnit("residual1.body.fc2", 1, DEAD)),
                result.removed());
        assertEquals(Shape.of(2, 4), parameter(result.model(), "residual1.body.fc2.weight").shape());
        assertEquals(Shape.of(4, 2), parameter(result.model(), "residual1.body.fc1.weight").shape());
        assertSameOutputs(model, result, 2);
    }

    @Test
    void aRowOfAResidualBodyAloneIsTiedToTheStream() {
        var model = started(Sequential.of(
                Linear.of(2, 3),
                Residual.of(Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 3))),
                Linear.of(3, 2)));
        maskOut(model, "residual1.body.fc2.weight", 0, 1);
        assertEquals(
                List.of(new RefusedUnit("residual1.body.fc2", 1, KeepReason.TIED)), Shrink.of(model).refused());
    }

    @Test
    void constantsOnBothSidesOfAResidualAdd() {
        var model = Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1}, new float[] {1}), Tensor.vector(0, 3)),
                Residual.of(Linear.of(
                        Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}), Tensor.vector(0, 4))),
                Linear.of(Tensor.matrix(new float[] {1, 10}), Tensor.vector(0)));
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "residual1.body.weight", 0, 1);
        var result = Shrink.of(model);
        assertEquals(
                List.of(new RemovedUnit("fc1", 1, CONSTANT), new RemovedUnit("residual1.body", 1, CONSTANT)),
                result.removed());
        assertEquals(70, parameter(result.model(), "fc2.bias").value().item());
    }

    @Test
    void unitsOfABranchGoFromTheirOffsetInTheConcatenation() {
        var model = started(Sequential.of(
                Linear.of(2, 2), Concat.of(Sequential.of(), Linear.of(2, 3), Linear.of(2, 2)), Linear.of(7, 1)));
        maskOut(model, "fc2.weight", 1, 3, 5);
        var result = Shrink.of(model);
        assertEquals(
                List.of(new RemovedUnit("concat1.branch2", 1, DEAD), new RemovedUnit("concat1.branch3", 0, DEAD)),
                result.removed());
        assertArrayEquals(new int[] {0, 1, 2, 4, 6}, result.kept().get("fc2.weight").along(1));
        assertSameOutputs(model, result, 2);
    }

    @Test
    void whatAllBranchesLeaveUnreadIsDeadBeforeThem() {
        var model = started(
                Sequential.of(Linear.of(2, 2), Concat.of(Sequential.of(), Linear.of(2, 1)), Linear.of(3, 1)));
        maskOut(model, "fc2.weight", 1, 0);
        maskOut(model, "concat1.branch2.weight", 1, 0);
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit("fc1", 0, DEAD)), result.removed());
        assertSameOutputs(model, result, 2);
    }

    @Test
    void columnsOfAnEmbeddingAreUnitsAndItsEntriesStay() {
        var model = started(Sequential.of(Embedding.of(5, 3), Linear.of(3, 2)));
        maskOut(model, "embedding1.weight", 1, 2);
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit("embedding1", 2, CONSTANT)), result.removed());
        assertEquals(Shape.of(5, 2), parameter(result.model(), "embedding1.weight").shape());
        var numbers = Tensor.vector(4, 0, 3);
        assertArrayEquals(model.forward(numbers).toArray(), result.model().forward(numbers).toArray());
    }

    @Test
    void inputsAreSelectedAfterTheLayerThatGivesThemTheirFinalForm() {
        var model = started(Sequential.of(Flatten.of(), Linear.of(6, 2), Activation.relu(), Linear.of(2, 1)));
        maskOut(model, "fc1.weight", 1, 0, 4);
        var result = Shrink.of(model);
        assertEquals(FeatureSelect.of(6, 1, 2, 3, 5), List.copyOf(result.model().children().values()).get(1));
        assertArrayEquals(new int[] {1, 2, 3, 5}, result.inputs().along(0));
        var x = Rng.of(3).normal(Shape.of(4, 2, 3), 1);
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray(), 1e-6f);
    }

    @Test
    void tiedWeightsStayTied() {
        var weight = Parameter.of("weight", Rng.of(4).normal(Shape.of(3, 3), 1));
        var model = Sequential.of(
                Linear.sharing(weight, Parameter.of("bias", Tensor.vector(1, 2, 3))),
                Activation.relu(),
                Linear.sharing(weight, Parameter.of("bias", Tensor.vector(4, 5, 6))),
                Linear.of(Tensor.matrix(new float[] {1, 1, 1}), Tensor.vector(0)));
        DependencyGraph.of(model).mask("fc1", 1);
        var result = Shrink.of(model);
        var layers = result.model().children();
        var first = (Linear) layers.get("fc1");
        var second = (Linear) layers.get("fc2");
        assertSame(first.weight(), second.weight());
        assertEquals(Shape.of(2, 2), second.weight().shape());
        assertSameOutputs(model, result, 3);
    }

    @Test
    void twoWeightsThatShareABiasFoldNothingIntoIt() {
        var bias = Parameter.of("bias", Tensor.vector(1, 2));
        var model = Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1, 1}, new float[] {1, 1}), Tensor.vector(5, 5)),
                Linear.sharing(Parameter.of("weight", Tensor.matrix(new float[] {1, 2}, new float[] {3, 4})), bias),
                Linear.sharing(Parameter.of("weight", Tensor.matrix(new float[] {5, 6}, new float[] {7, 8})), bias),
                Linear.of(Tensor.matrix(new float[] {1, 1}), Tensor.vector(0)));
        maskOut(model, "fc1.weight", 0, 1);
        var result = Shrink.of(model);
        assertTrue(result.refused().contains(new RefusedUnit("fc1", 1, KeepReason.SHARED_BIAS)));
        assertSameOutputs(model, result, 2);
    }

    /** Reverses the features: a layer that this package cannot know. */
    private record Reverse() implements Layer {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            int n = x.dim(1);
            return x.gather(1, IntStream.range(0, n).map(i -> n - 1 - i).toArray());
        }

        @Override
        public LayerConfig config() {
            return LayerConfig.of("reverse");
        }
    }

    @Test
    void aLayerOfYourOwnKeepsWhatItReadsAndIsSelectedFromBehind() {
        var model = started(Sequential.of(Linear.of(2, 3), new Reverse(), Linear.of(3, 1)));
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "fc2.weight", 1, 1);
        var result = Shrink.of(model);
        assertEquals(
                List.of(new RefusedUnit("fc1", 1, KeepReason.unknown("reverse1 (Reverse)"))), result.refused());
        assertEquals(List.of(new RemovedUnit("input of fc2", 1, DEAD)), result.removed());
        assertSameOutputs(model, result, 2);
    }

    @Test
    void layersThatDoNotFitAreNamed() {
        var model = Sequential.of(Linear.of(2, 3), Linear.of(4, 1));
        var thrown = assertThrows(ShapeException.class, () -> Shrink.of(model));
        assertEquals("shrink: layer 'fc2' takes 4 features, but 3 come in", thrown.getMessage());
    }
}
