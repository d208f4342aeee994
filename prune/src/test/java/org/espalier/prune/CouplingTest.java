package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Criterion;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CouplingTest {
    /** Unit 0 always goes first. */
    private static final Criterion FIRST = context -> context.forEach(target -> units -> {
        var scores = new double[units.count()];
        java.util.Arrays.setAll(scores, unit -> unit);
        return scores;
    });

    @Test
    void theColumnThatReadsARemovedNeuronGoesAlongAcrossActivationsAndNorms() {
        var model = initialized(Sequential.of(
                Linear.of(3, 4), BatchNorm1d.of(4), Activation.relu(), Linear.of(4, 2)));
        Structured.neurons(FIRST).sparsity(0.25).plan(model).apply();
        var parameters = model.parameters();

        assertFalse(parameters.get("fc1.bias").mask().orElseThrow().keeps(0));
        assertEquals(6, parameters.get("fc2.weight").kept());
        assertFalse(parameters.get("fc2.weight").mask().orElseThrow().keeps(4));
        parameters.forEach((name, parameter) -> {
            if (name.startsWith("batchnorm") && parameter.isTrainable()) {
                assertEquals(3, parameter.kept(), name);
            }
        });
    }

    @Test
    void aNeuronThatANormCountsInTakesOnlyItsRowAndItsBiasAlong() {
        var model = initialized(Sequential.of(Linear.of(3, 4), LayerNorm.of(4), Linear.of(4, 2)));
        var plan = Structured.neurons(FIRST).layers("fc1").sparsity(0.25).plan(model);

        assertEquals(Set.of("fc1.weight", "fc1.bias"), plan.masks().keySet());
    }

    @Test
    void aUnitOfAResidualStreamGoesWhenItsLastMakerIsRemoved() {
        var model = initialized(Sequential.of(
                Linear.of(3, 4), Residual.of(Sequential.of(Linear.of(4, 4))), Linear.of(4, 2)));
        Structured.neurons(FIRST).layers("fc1").sparsity(0.25).plan(model).apply();
        assertEquals(8, model.parameters().get("fc2.weight").kept(), "the block still writes to the stream");

        Structured.neurons(FIRST).layers("residual1.body.fc1").sparsity(0.25).plan(model).apply();
        assertEquals(6, model.parameters().get("fc2.weight").kept());
        assertEquals(9, model.parameters().get("residual1.body.fc1.weight").kept(), "a row and a column of 16");
    }

    @Test
    void aNeuronThatNobodyReadsGoesWithTheInput() {
        var model = initialized(Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 2)));
        Structured.inputs(FIRST).layers("fc2").sparsity(0.25).plan(model).apply();

        assertEquals(9, model.parameters().get("fc1.weight").kept());
        assertFalse(model.parameters().get("fc1.bias").mask().orElseThrow().keeps(0));
    }

    /** Applies a layer twice. */
    private record Twice(Layer inner) implements Layer {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            return inner.forward(inner.forward(x, mode), mode);
        }

        @Override
        public SequencedMap<String, Layer> children() {
            return new TreeMap<>(Map.of("inner", inner));
        }
    }

    @Test
    void neuronsThatFeedALayerThatDoesNotDescribeItselfAreRefusedByItsName() {
        var model = Sequential.of(
                Linear.of(3, 4), Activation.relu(), Linear.of(4, 4), new Twice(Linear.of(4, 4)), Linear.of(4, 2));

        for (var layer : List.of("fc2", "twice1.inner")) {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> Structured.neurons(FIRST).layers(layer).sparsity(0.25).plan(model));
            assertEquals("neurons of layer '" + layer + "' cannot be removed: one touches layer twice1 (Twice), which"
                    + " does not say how its features depend on one another; override dependency() there, or choose"
                    + " other layers", e.getMessage());
        }
        assertEquals(1, Structured.neurons(FIRST).layers("fc1").sparsity(0.25).plan(model).removed());
        assertEquals(4, Structured.inputs(FIRST).layers("twice1.inner", "fc3").sparsity(0.5).plan(model).removed());
        assertEquals(26, Unstructured.perLayer(FIRST).sparsity(0.5).plan(model).removed());
    }

    @Test
    void anInputOfTheModelTakesNothingElseAlong() {
        var model = initialized(Sequential.of(Linear.of(4, 3), Activation.relu(), Linear.of(3, 2)));
        var plan = Structured.inputs(FIRST).layers("fc1").sparsity(0.5).plan(model);

        assertEquals(Set.of("fc1.weight"), plan.masks().keySet());
        assertEquals(6, plan.masks().get("fc1.weight").kept());
    }

    @Test
    void withReluTheColumnsChangeNoOutput() {
        var model = initialized(Sequential.of(Linear.of(6, 8), Activation.relu(), Linear.of(8, 3)));
        var inputs = Rng.of(3).normal(Shape.of(5, 6), 1);
        var plan = Structured.neurons(FIRST).sparsity(0.5).plan(model);
        var only = model.parameters();
        only.get("fc1.weight").restrict(plan.masks().get("fc1.weight"));
        only.get("fc1.bias").restrict(plan.masks().get("fc1.bias"));
        var rowsOnly = model.forward(inputs);
        plan.apply();

        assertTrue(java.util.Arrays.equals(rowsOnly.toArray(), model.forward(inputs).toArray()));
    }

    private static <T extends Layer> T initialized(T model) {
        model.initialize(Init.heNormal(), 5);
        return model;
    }
}
