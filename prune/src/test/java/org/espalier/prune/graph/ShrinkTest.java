package org.espalier.prune.graph;

import static org.espalier.prune.graph.MaskedModels.keepOnly;
import static org.espalier.prune.graph.MaskedModels.maskOut;
import static org.espalier.prune.graph.MaskedModels.parameter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ShrinkTest {
    private static final RemovalCause DEAD = RemovalCause.DEAD;
    private static final RemovalCause CONSTANT = RemovalCause.CONSTANT;

    /** 2 inputs, 2 hidden units, 1 output: y = 10·relu(x₀ + 2x₁ + 1) + 100·relu(3x₀ + 4x₁ + 5) + 7. */
    private static Sequential twoUnits() {
        return Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}), Tensor.vector(1, 5)),
                Activation.relu(),
                Linear.of(Tensor.matrix(new float[] {10, 100}), Tensor.vector(7)));
    }

    private static float[] values(Layer model, String name) {
        return parameter(model, name).value().toArray();
    }

    @Test
    void aZeroedRowWithALiveBiasIsFoldedAndNotForgotten() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 1);
        var result = Shrink.of(model);
        var x = Tensor.matrix(new float[] {1, 1}, new float[] {-9, 2});
        assertArrayEquals(new float[] {10 * 4 + 100 * 5 + 7, 100 * 5 + 7}, model.forward(x).toArray());
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray());
        assertEquals(List.of(new RemovedUnit("fc1", 1, CONSTANT)), result.removed());
        assertArrayEquals(new float[] {507}, values(result.model(), "fc2.bias"));
        assertArrayEquals(new float[] {10}, values(result.model(), "fc2.weight"));
        assertArrayEquals(new float[] {1, 2}, values(result.model(), "fc1.weight"));
    }

    @Test
    void aUnitThatNothingReadsIsLeftOutAndItsConstantWithIt() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "fc2.weight", 1, 1);
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit("fc1", 1, DEAD)), result.removed());
        assertArrayEquals(new float[] {7}, values(result.model(), "fc2.bias"));
    }

    @Test
    void inputsThatNothingReadsAreSelectedAway() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 1, 0);
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit(ShrinkResult.INPUT, 0, DEAD)), result.removed());
        assertEquals(FeatureSelect.of(2, 1), result.model().children().firstEntry().getValue());
        assertArrayEquals(new int[] {1}, result.inputs().along(0));
        assertArrayEquals(new float[] {2, 4}, values(result.model(), "fc1.weight"));
        var x = Tensor.matrix(new float[] {1, 2}, new float[] {8, -3});
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray());
    }

    @Test
    void inputsStayIfTheyAreToStay() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 1); // unit 1 is the constant relu(5)
        maskOut(model, "fc1.weight", 1, 0); // x₀ is not read
        var result = Shrink.keepingInputs(model);
        assertEquals(List.of(new RemovedUnit("fc1", 1, CONSTANT)), result.removed());
        assertEquals(
                List.of(new RefusedUnit(ShrinkResult.INPUT, 0, KeepReason.ALL_INPUTS)), result.refused());
        assertEquals(3, result.model().children().size());
        assertArrayEquals(new float[] {0, 2}, values(result.model(), "fc1.weight"));
        assertEquals(1, parameter(result.model(), "fc1.weight").kept());
        assertArrayEquals(new float[] {507}, values(result.model(), "fc2.bias"));
        var x = Tensor.matrix(new float[] {1, 2}, new float[] {8, -3});
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray());
    }

    @Test
    void laterMaskingNarrowsTheSelectionAndAddsNone() {
        var model = Sequential.of(Linear.of(4, 2), Activation.relu(), Linear.of(2, 1));
        model.initialize(Init.heNormal(), 1);
        maskOut(model, "fc1.weight", 1, 1);
        var once = Shrink.of(model).model();
        maskOut(once, "fc1.weight", 1, 1);
        var second = Shrink.of(once);
        var twice = second.model();
        assertEquals(FeatureSelect.of(4, 0, 3), twice.children().firstEntry().getValue());
        assertEquals(List.of(new RemovedUnit(ShrinkResult.INPUT, 2, DEAD)), second.removed());
        assertArrayEquals(new int[] {0, 3}, second.inputs().along(0));
        assertEquals(4, twice.children().size());
    }

    @Test
    void deathAndConstancyCascade() {
        var model = Sequential.of(
                Linear.of(3, 3),
                Activation.relu(),
                Linear.of(3, 3),
                Activation.relu(),
                Linear.of(3, 3),
                Activation.relu(),
                Linear.of(3, 2));
        model.initialize(Init.heNormal(), 3);
        model.parameters().values().stream()
                .filter(one -> one.name().equals("bias"))
                .forEach(bias -> bias.assign(Tensor.full(bias.shape(), 0.5f)));
        maskOut(model, "fc4.weight", 1, 2); // fc3's unit 2 is dead
        keepOnly(model, "fc3.weight", 0, 1, 3, 4, 8); // it alone reads fc2's unit 2, so that is dead
        keepOnly(model, "fc2.weight", 2, 3, 4, 6, 7); // fc2's unit 0 reads fc1's unit 2 alone, 1 and 2 read the others
        maskOut(model, "fc1.weight", 0, 2); // fc1's unit 2 is constant, so fc2's unit 0 is
        var result = Shrink.of(model);
        assertEquals(
                List.of(
                        new RemovedUnit("fc1", 2, CONSTANT),
                        new RemovedUnit("fc2", 0, CONSTANT),
                        new RemovedUnit("fc2", 2, DEAD),
                        new RemovedUnit("fc3", 2, DEAD)),
                result.removed());
        var x = Tensor.matrix(new float[] {1, -2, 3}, new float[] {0, 4, 1});
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray(), 1e-5f);
    }

    @Test
    void aLayerKeepsItsFirstUnitWhenAllAreDead() {
        var model = twoUnits();
        maskOut(model, "fc2.weight", 0, 0);
        var result = Shrink.of(model);
        assertArrayEquals(new float[] {7}, result.model().forward(Tensor.zeros(Shape.of(1, 2))).toArray());
        assertEquals(Shape.of(1, 1), parameter(result.model(), "fc1.weight").shape());
        assertEquals(
                List.of(
                        new RefusedUnit(ShrinkResult.INPUT, 0, KeepReason.LAST_UNIT),
                        new RefusedUnit("fc1", 0, KeepReason.LAST_UNIT),
                        new RefusedUnit("fc2", 0, KeepReason.OUTPUT)),
                result.refused());
    }

    @Test
    void aModelMaskedThroughoutStillGivesItsBiases() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 0, 1);
        var x = Tensor.matrix(new float[] {4, 5});
        var result = Shrink.of(model);
        assertArrayEquals(new float[] {517}, result.model().forward(x).toArray());
        assertEquals(
                List.of(new RemovedUnit(ShrinkResult.INPUT, 1, DEAD), new RemovedUnit("fc1", 1, CONSTANT)),
                result.removed());
    }

    @Test
    void aMaskedBiasThatReceivesAConstantIsKeptFromThenOn() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "fc2.bias", 0, 0);
        var smaller = Shrink.of(model).model();
        assertArrayEquals(new float[] {500}, values(smaller, "fc2.bias"));
        assertEquals(1, parameter(smaller, "fc2.bias").kept());
    }

    @Test
    void masksOfWhatIsLeftAreCarriedOver() {
        var model = Sequential.of(Linear.of(3, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 5);
        keepOnly(model, "fc1.weight", 0, 2, 4, 5, 6, 7, 8);
        maskOut(model, "fc2.weight", 1, 1);
        var smaller = Shrink.of(model).model();
        var mask = parameter(smaller, "fc1.weight").mask().orElseThrow();
        assertEquals(Mask.of(Shape.of(2, 3), i -> i != 1), mask);
        assertTrue(parameter(smaller, "fc1.bias").mask().isEmpty());
    }

    @Test
    void theOriginalIsUntouched() {
        var model = twoUnits();
        maskOut(model, "fc1.weight", 0, 1);
        float[] before = values(model, "fc2.bias");
        var smaller = Shrink.of(model).model();
        parameter(smaller, "fc1.weight").assign(Tensor.matrix(new float[] {9, 9}));
        assertArrayEquals(before, values(model, "fc2.bias"));
        assertArrayEquals(new float[] {1, 2, 0, 0}, values(model, "fc1.weight"));
        assertEquals(4, parameter(model, "fc1.weight").size());
    }

    @Test
    void zerosWithoutAMaskStayBecauseTheyCouldBeTrained() {
        var model = Sequential.of(Linear.of(3, 3), Activation.relu(), Linear.of(3, 1));
        assertTrue(Shrink.of(model).removed().isEmpty());
    }

    @Test
    void aLayerUsedTwiceTiesItsInputsToItsOutputs() {
        Layer shared = Linear.of(3, 3);
        var model =
                Sequential.of(Linear.of(2, 3), shared, Activation.relu(), shared, Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 11);
        maskOut(model, "fc2.weight", 1, 2);
        maskOut(model, "fc4.weight", 1, 2);
        var result = Shrink.of(model);
        assertEquals(
                List.of(
                        new RemovedUnit("fc1", 2, DEAD),
                        new RemovedUnit("fc2", 2, DEAD),
                        new RemovedUnit("fc3", 2, DEAD)),
                result.removed());
        var layers = List.copyOf(result.model().children().values());
        assertTrue(layers.get(1) == layers.get(3));
        assertEquals(Shape.of(2, 2), parameter(result.model(), "fc2.weight").shape());
    }

    @Test
    void aConstantThatDiffersBetweenTheUsesOfABiasStays() {
        Layer shared = Linear.of(2, 2);
        var model = Sequential.of(Linear.of(2, 2), shared, Activation.relu(), shared, Linear.of(2, 1));
        model.initialize(Init.heNormal(), 11);
        parameter(model, "fc1.bias").assign(Tensor.vector(1, 2));
        parameter(model, "fc2.bias").assign(Tensor.vector(1, 5));
        maskOut(model, "fc1.weight", 0, 1);
        maskOut(model, "fc2.weight", 0, 1);
        var result = Shrink.of(model);
        assertTrue(result.removed().isEmpty());
        assertTrue(result.refused().contains(new RefusedUnit("fc2", 1, KeepReason.SHARED_BIAS)));
        parameter(model, "fc1.bias").assign(Tensor.vector(1, 5));
        assertFalse(Shrink.of(model).removed().isEmpty());
        var x = Tensor.matrix(new float[] {1, 2});
        assertArrayEquals(
                model.forward(x).toArray(), Shrink.of(model).model().forward(x).toArray(), 1e-5f);
    }

    @Test
    void aModelOfOneLayerKeepsItsInputsForWantOfAPlaceToSelect() {
        var model = Linear.of(2, 1);
        maskOut(model, "weight", 1, 0);
        var result = Shrink.of(model);
        assertTrue(result.removed().isEmpty());
        assertEquals(List.of(new RefusedUnit(ShrinkResult.INPUT, 0, KeepReason.INPUT)), result.refused());
    }

    @Test
    void aSavedModelKeepsItsSelectionSizesAndMasks() throws IOException {
        var model = Sequential.of(Linear.of(4, 6), Activation.relu(), Linear.of(6, 2));
        model.initialize(Init.heNormal(), 8);
        maskOut(model, "fc1.weight", 1, 0, 2);
        maskOut(model, "fc1.weight", 0, 3);
        keepOnly(model, "fc2.weight", 0, 1, 3, 4, 5, 7, 11);
        var smaller = Shrink.of(model).model();
        var loaded = ModelFile.read(ModelFile.of(smaller).toBytes(), LayerKinds.standard()).model();
        assertEquals(smaller.toString(), loaded.toString());
        assertEquals(StateDict.of(smaller), StateDict.of(loaded));
        var x = Tensor.matrix(new float[] {1, 2, 3, 4}, new float[] {9, -2, 8, 0});
        assertArrayEquals(smaller.forward(x).toArray(), loaded.forward(x).toArray());
    }
}
