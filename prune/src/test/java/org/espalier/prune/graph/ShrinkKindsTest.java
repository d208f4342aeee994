package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Clip;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Elu;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Graph;
import org.espalier.nn.Impute;
import org.espalier.nn.Join;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.OneHot;
import org.espalier.nn.PRelu;
import org.espalier.nn.Parameter;
import org.espalier.nn.Scale;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.prune.Structured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Units are pruned through every kind of layer that says how its features depend on one another. */
class ShrinkKindsTest {
    /** Layers of 6 features, each by itself. */
    static Stream<Layer> featureByFeature() {
        var rng = Rng.of(9);
        return Stream.of(
                new Elu(1), Activation.celu(2), Activation.selu(), Activation.silu(), Activation.mish(),
                Activation.hardSwish(), Activation.hardSigmoid(), Activation.softsign(), new Clip(-1, 1),
                Activation.geluTanh(), Activation.relu(), PRelu.of(rng.uniform(Shape.of(6), 0, 1)),
                Activation.prelu(), Dropout.of(0.3f), BatchNorm1d.of(6),
                Scale.of(rng.normal(Shape.of(6), 1), rng.normal(Shape.of(6), 1)),
                Impute.of(rng.normal(Shape.of(6), 1)), (Activation) x -> x.times(x));
    }

    private static void assertSameOutputs(Layer model, Layer small, Tensor x) {
        assertArrayEquals(model.forward(x).toArray(), small.forward(x).toArray(), 1e-5f);
        assertArrayEquals(
                small.forward(x).toArray(), InferenceModel.of(small).predict(x).toArray(), 1e-5f);
    }

    @ParameterizedTest
    @MethodSource("featureByFeature")
    void aNeuronGoesWithItsFeature(Layer layer) {
        var model = Sequential.of(Linear.of(3, 6), layer, Linear.of(6, 2));
        DependencyGraph.of(model).mask("fc1", 1, 4);
        assertTrue(model.parameters().values().stream()
                .filter(parameter -> !parameter.isTrainable())
                .allMatch(buffer -> buffer.mask().isEmpty()));

        var small = Shrink.of(model);

        assertEquals(2, small.removedFrom("fc1"));
        assertEquals(4, ((Linear) small.model().children().get("fc1")).out());
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 3), 1));
    }

    @ParameterizedTest
    @MethodSource("featureByFeature")
    void aConstantIsFoldedIntoTheNextBias(Layer layer) {
        var model = Sequential.of(Linear.of(3, 6), layer, Linear.of(6, 2));
        var fc1 = (Linear) model.children().get("fc1");
        fc1.bias().orElseThrow().assign(Rng.of(4).normal(Shape.of(6), 1));
        MaskedModels.maskOut(model, "fc1.weight", 0, 2);

        var small = Shrink.of(model);

        assertEquals(1, small.removedFrom("fc1"));
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 3), 1));
    }

    @Test
    void bothHalvesOfAGatedUnitGoTogether() {
        var model = Sequential.of(Linear.of(3, 12), Activation.glu(), Linear.of(6, 2));
        var graph = DependencyGraph.of(model);

        assertEquals(
                List.of(new Slice("fc1.weight", 0, 1), new Slice("fc1.weight", 0, 7), new Slice("fc1.bias", 0, 1),
                        new Slice("fc1.bias", 0, 7)),
                graph.group("fc1", 7).producers().stream().sorted(
                        Comparator.comparing(Slice::parameter).reversed()).toList());
        graph.mask("fc1", 1);
        var small = Shrink.of(model);
        assertEquals(10, ((Linear) small.model().children().get("fc1")).out());
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 3), 1));
    }

    @Test
    void preprocessingNarrowsWithTheInputs() {
        var model = Sequential.of(
                Impute.of(Tensor.vector(1, 2, 3)),
                Scale.standardize(Tensor.vector(1, 2, 3), Tensor.vector(2, 3, 4)),
                Linear.of(3, 2));
        MaskedModels.maskOut(model, "fc1.weight", 1, 1);

        var small = Shrink.of(model);

        assertEquals(
                "Sequential(select1 = FeatureSelect(3 → 2), impute1 = Impute(2), scale1 = Scale(2), "
                        + "fc1 = Linear(2 → 2))",
                small.model().toString());
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 3), 1));
    }

    @Test
    void levelsThatNobodyReadsGo() {
        var model = Sequential.of(OneHot.of(3, 2, 2), Linear.of(7, 2));
        MaskedModels.maskOut(model, "fc1.weight", 1, 1, 5, 6);

        var small = Shrink.of(model);

        assertEquals(
                "Sequential(select1 = FeatureSelect(3 → 2), onehot1 = OneHot(2 → 4), fc1 = Linear(4 → 2))",
                small.model().toString());
        assertSameOutputs(model, small.model(), Tensor.of(Shape.of(3, 3), 0, 1, 1, 1, 0, 0, 2, 1, 0));
    }

    @Test
    void columnsOfATableGo() {
        var model = Sequential.of(
                Concat.of(
                        Sequential.of(FeatureSelect.of(3, 0, 1), Embedding.of(4, 3), Flatten.of()),
                        FeatureSelect.of(3, 2)),
                Linear.of(7, 2));
        MaskedModels.maskOut(model, "concat1.branch1.embedding1.weight", 1, 2);

        var small = Shrink.of(model);

        assertEquals(1, small.removedFrom("concat1.branch1.embedding1"));
        assertSameOutputs(model, small.model(), Tensor.of(Shape.of(2, 3), 0, 3, 1.5f, 2, 1, -1));
    }

    @Test
    void aGraphIsPrunedWhereItsNodesAreKnown() {
        Layer mine = (x, mode) -> x.times(2);
        var model = Graph.of(
                Graph.node("a", Linear.of(4, 6), Graph.INPUT),
                Graph.node("b", Linear.of(4, 6), Graph.INPUT),
                Graph.node("gate", Activation.sigmoid(), "b"),
                Graph.node("product", Join.product(), "a", "gate"),
                Graph.node("c", Linear.of(4, 3), Graph.INPUT),
                Graph.node("mine", mine, "c"),
                Graph.node("d", Linear.of(3, 3), "mine"),
                Graph.node("both", Join.concat(), "product", "d"),
                Graph.node("end", Linear.of(9, 2), "both"));
        var graph = DependencyGraph.of(model);
        graph.mask("a", 5);
        graph.mask("d", 0);
        MaskedModels.maskOut(model, "a.weight", 1, 3);
        MaskedModels.maskOut(model, "b.weight", 1, 3);
        MaskedModels.maskOut(model, "c.weight", 1, 3);
        assertEquals(
                "touches layer mine (a lambda), which does not say how its features depend on one another",
                graph.group("c", 0).reason().orElseThrow().toString());

        var small = Shrink.of(model);

        var all = Layers.all(small.model());
        assertEquals(5, ((Linear) all.get("a")).out());
        assertEquals(5, ((Linear) all.get("b")).out());
        assertEquals(2, ((Linear) all.get("d")).out());
        assertEquals("FeatureSelect(4 → 3)", all.get("select1").toString());
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 4), 1));
    }

    @Test
    void onlyZerosLeaveALayerWithoutBias() {
        var model = Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.withoutBias(4, 2));
        ((Linear) model.children().get("fc1")).bias().orElseThrow().assign(Tensor.vector(1, 0, -1, 2));
        MaskedModels.maskOut(model, "fc1.weight", 0, 0, 1, 2);

        var small = Shrink.of(model);

        // relu makes 1 of the bias 1, which nothing can add; 0 and -1 become 0
        assertEquals(List.of(new RefusedUnit("fc1", 0, KeepReason.NO_BIAS)), small.refused());
        assertEquals(2, small.removedFrom("fc1"));
        assertSameOutputs(model, small.model(), Rng.of(1).normal(Shape.of(20, 3), 1));
    }

    @Test
    void statisticsAreNeverMasked() {
        var model = Sequential.of(
                Linear.of(4, 4), BatchNorm1d.of(4, 0, 0.1f), Activation.relu(), Linear.of(4, 2));
        var rng = Rng.of(2);
        for (int i = 0; i < 5; i++) {
            model.forward(rng.normal(Shape.of(16, 4), 1), Mode.training(rng));
        }
        Structured.neurons(Magnitude.L1).layers("fc1").sparsity(0.5).plan(model).apply();

        assertEquals(8, model.parameters().get("fc1.weight").kept());
        assertTrue(model.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().contains("running"))
                .map(Map.Entry::getValue)
                .map(Parameter::mask)
                .allMatch(Optional::isEmpty));
        for (float y : model.forward(rng.normal(Shape.of(9, 4), 1)).toArray()) {
            assertTrue(Float.isFinite(y));
        }
    }
}
