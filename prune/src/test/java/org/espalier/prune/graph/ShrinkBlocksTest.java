package org.espalier.prune.graph;

import static org.espalier.prune.graph.MaskedModels.maskOut;
import static org.espalier.prune.graph.MaskedModels.parameter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Depth: residual blocks that go whole. */
class ShrinkBlocksTest {
    private static Residual block(int width) {
        return Residual.of(Sequential.of(Linear.of(width, 5), Activation.relu(), Linear.of(5, width)));
    }

    private static Sequential started(Layer... layers) {
        var model = Sequential.of(layers);
        model.initialize(Init.heNormal(), 2);
        return model;
    }

    private static void assertSameOutputs(Layer model, Layer smaller) {
        var x = Rng.of(1).normal(Shape.of(4, 3), 1);
        assertArrayEquals(model.forward(x).toArray(), smaller.forward(x).toArray(), 1e-5f);
    }

    @Test
    void aMaskedBlockIsTheIdentityAndGoes() {
        var model = started(Linear.of(3, 4), Activation.relu(), block(4), block(4), Linear.of(4, 2));
        var graph = DependencyGraph.of(model);
        assertEquals(List.of("residual1", "residual2"), graph.blocks());
        graph.maskBlock("residual1");
        var result = Shrink.of(model);
        assertEquals(List.of("residual1"), result.removedBlocks());
        assertTrue(result.removed().isEmpty());
        assertEquals(
                List.of("fc1", "relu1", "residual2", "fc2"),
                List.copyOf(result.model().children().keySet()));
        assertTrue(result.kept().get("residual1.body.fc1.weight").isEmpty());
        assertFalse(result.model().parameters().containsKey("residual1.body.fc1.weight"));
        var x = Rng.of(1).normal(Shape.of(4, 3), 1);
        assertArrayEquals(model.forward(x).toArray(), result.model().forward(x).toArray());
        assertTrue(Shrink.of(result.model()).removedBlocks().isEmpty());
    }

    @Test
    void whatABlockAddsAlwaysGoesIntoTheBiasInFront() {
        var model = started(Linear.of(3, 4), block(4), Linear.of(4, 2));
        parameter(model, "residual1.body.fc2.bias").assign(Tensor.vector(1, 2, 3, 4));
        maskOut(model, "residual1.body.fc2.weight", 0, 0, 1, 2, 3);
        var result = Shrink.of(model);
        assertEquals(List.of("residual1"), result.removedBlocks());
        assertArrayEquals(
                new float[] {1, 2, 3, 4}, parameter(result.model(), "fc1.bias").value().toArray());
        assertSameOutputs(model, result.model());
    }

    @Test
    void behindAnotherBlockItGoesIntoTheLastBiasOfThatOne() {
        var model = started(Linear.of(3, 4), Activation.relu(), block(4), block(4), Linear.of(4, 2));
        parameter(model, "residual2.body.fc2.bias").assign(Tensor.vector(1, 2, 3, 4));
        maskOut(model, "residual2.body.fc2.weight", 0, 0, 1, 2, 3);
        var result = Shrink.of(model);
        assertEquals(List.of("residual2"), result.removedBlocks());
        assertArrayEquals(
                new float[] {1, 2, 3, 4},
                parameter(result.model(), "residual1.body.fc2.bias").value().toArray());
        assertSameOutputs(model, result.model());
    }

    @Test
    void behindAnActivationOnlyABlockThatAddsNothingCanGo() {
        var model = started(Linear.of(3, 4), Activation.relu(), block(4), Linear.of(4, 2));
        parameter(model, "residual1.body.fc2.bias").assign(Tensor.vector(1, 2, 3, 4));
        maskOut(model, "residual1.body.fc2.weight", 0, 0, 1, 2, 3);
        var result = Shrink.of(model);
        assertTrue(result.removedBlocks().isEmpty());
        assertEquals(4, result.removedFrom("residual1.body.fc1"));
        assertSameOutputs(model, result.model());
    }

    @Test
    void aStreamThatIsReadElsewhereIsNotShifted() {
        // x + x: both sides of the outer sum read the stream, so one shift would count twice.
        var model = started(Linear.of(3, 4), Residual.of(Sequential.of()), block(4), Linear.of(4, 2));
        parameter(model, "residual2.body.fc2.bias").assign(Tensor.vector(1, 2, 3, 4));
        maskOut(model, "residual2.body.fc2.weight", 0, 0, 1, 2, 3);
        var result = Shrink.of(model);
        assertTrue(result.removedBlocks().isEmpty());
        assertSameOutputs(model, result.model());
    }

    @Test
    void aMaskedBodyThatStillEmitsAConstantIsFoldedAsOne() {
        var model = started(
                Linear.of(3, 4), Residual.of(Sequential.of(Linear.of(4, 4), Activation.sigmoid())), Linear.of(4, 2));
        DependencyGraph.of(model).maskBlock("residual1");
        var result = Shrink.of(model);
        assertEquals(List.of("residual1"), result.removedBlocks());
        assertArrayEquals(
                new float[] {0.5f, 0.5f, 0.5f, 0.5f},
                parameter(result.model(), "fc1.bias").value().toArray());
        assertSameOutputs(model, result.model());
    }

    @Test
    void aMaskedLayerNormIsAConstantToo() {
        var model = started(Linear.of(3, 4), Residual.of(LayerNorm.of(4)), Linear.of(4, 2));
        DependencyGraph.of(model).maskBlock("residual1");
        assertEquals(List.of("residual1"), Shrink.of(model).removedBlocks());
    }

    @Test
    void aBlockGoesOnceTheOnlyCoordinateItChangesIsFolded() {
        var model = started(Linear.of(3, 3), Activation.relu(), block(3), Linear.of(3, 2));
        maskOut(model, "fc1.weight", 0, 1);
        parameter(model, "fc1.bias").assign(Tensor.vector(1, 2, 3));
        maskOut(model, "residual1.body.fc2.weight", 0, 0, 1, 2);
        parameter(model, "residual1.body.fc2.bias").assign(Tensor.vector(0, 5, 0));
        var result = Shrink.of(model);
        assertEquals(List.of("residual1"), result.removedBlocks());
        assertEquals(List.of(new RemovedUnit("fc1", 1, RemovalCause.CONSTANT)), result.removed());
        assertArrayEquals(new int[] {0, 2}, result.kept().get("fc2.weight").along(1));
        assertSameOutputs(model, result.model());
    }

    @Test
    void aBlockThatBeganWithANormFreesTheUnitsItHeld() {
        var model = started(
                Linear.of(3, 4), Residual.of(Sequential.of(LayerNorm.of(4), Linear.of(4, 4))), Linear.of(4, 2));
        maskOut(model, "fc2.weight", 1, 3);
        assertTrue(Shrink.of(model).removed().isEmpty());
        DependencyGraph.of(model).maskBlock("residual1");
        var result = Shrink.of(model);
        assertEquals(List.of(new RemovedUnit("fc1", 3, RemovalCause.DEAD)), result.removed());
        assertSameOutputs(model, result.model());
    }

    @Test
    void nestedBlocksGoFromTheInside() {
        var inner = Residual.of(Linear.of(4, 4));
        var model = started(
                Linear.of(3, 4), Residual.of(Sequential.of(Linear.of(4, 4), inner)), Linear.of(4, 2));
        var graph = DependencyGraph.of(model);
        graph.maskBlock("residual1.body.residual1");
        var result = Shrink.of(model);
        assertEquals(List.of("residual1.body.residual1"), result.removedBlocks());
        assertSameOutputs(model, result.model());
        graph.maskBlock("residual1");
        assertEquals(List.of("residual1.body.residual1", "residual1"), Shrink.of(model).removedBlocks());
        assertSameOutputs(model, Shrink.of(model).model());
    }

    @Test
    void aBlockUsedTwiceOrTiedToOthersStays() {
        var twice = block(4);
        var used = started(Linear.of(3, 4), twice, twice, Linear.of(4, 2));
        DependencyGraph.of(used).maskBlock("residual1");
        assertTrue(Shrink.of(used).removedBlocks().isEmpty());
        assertSameOutputs(used, Shrink.of(used).model());

        var weight = Parameter.of("weight", Tensor.zeros(Shape.of(4, 4)));
        var tied = started(
                Linear.of(3, 4),
                Residual.of(Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(4))))),
                Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(4)))));
        DependencyGraph.of(tied).maskBlock("residual1");
        assertTrue(Shrink.of(tied).removedBlocks().isEmpty());
    }

    @Test
    void optimizersLoseTheMomentsOfTheBlockAndGoOn() {
        var model = started(Linear.of(3, 4), block(4), Linear.of(4, 2));
        DependencyGraph.of(model).maskBlock("residual1");
        var optimizer = Optimizer.adam(1e-3f).bind(model);
        optimizer.step(model.forward(Rng.of(1).normal(Shape.of(4, 3), 1)).square().mean().backward());
        var result = Shrink.of(model);
        var smaller = Optimizer.adam(1e-3f).bind(result.model());
        smaller.restore(result.carry(optimizer.state()));
        assertEquals(1, smaller.steps());
        assertEquals(
                List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"),
                List.copyOf(smaller.state().moments().keySet()));
    }

    @Test
    void anUnknownBlockIsNamed() {
        var graph = DependencyGraph.of(started(Linear.of(3, 4), block(4)));
        var thrown = assertThrows(IllegalArgumentException.class, () -> graph.maskBlock("residual9"));
        assertEquals("no residual block 'residual9'; there are [residual1]", thrown.getMessage());
    }
}
