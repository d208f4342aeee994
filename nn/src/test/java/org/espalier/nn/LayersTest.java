package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static Sequential model() {
        var model = Sequential.of(Linear.of(4, 6), BatchNorm1d.of(6), Activation.relu(), Linear.of(6, 3));
        model.initialize(Init.heNormal(), 3);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(6, 4), i -> i % 3 != 0));
        model.forward(Rng.of(1).normal(Shape.of(5, 4), 1), Mode.training(Rng.of(0)));
        return model;
    }

    @Test
    void aCopyHasTheSameBitsMasksAndOutputs() {
        var model = model();
        var x = Rng.of(2).normal(Shape.of(7, 4), 1);

        var copy = Layers.copy(model);

        assertEquals(StateDict.of(model), StateDict.of(copy));
        assertEquals(model.toString(), copy.toString());
        assertArrayEquals(model.forward(x).toArray(), copy.forward(x).toArray());
    }

    @Test
    void originalAndCopyGoTheirOwnWays() {
        var model = model();
        var before = StateDict.of(model);
        var copy = Layers.copy(model);
        assertNotSame(model.parameters().get("fc1.weight"), copy.parameters().get("fc1.weight"));

        copy.parameters().get("fc1.weight").assign(Tensor.full(Shape.of(6, 4), Float.NaN));
        copy.parameters().get("fc2.bias").assignMask(Mask.of(Shape.of(3), i -> false));

        assertEquals(before, StateDict.of(model));
        assertNotEquals(before, StateDict.of(copy));
        // the copied mask holds in the copy: NaN only where kept
        assertEquals(16, Mask.nonZero(copy.parameters().get("fc1.weight").value()).kept());
    }

    @Test
    void sharedLayersStaySharedInTheCopy() {
        var shared = Linear.of(2, 2);
        var copy = Layers.copy(Sequential.of(shared, shared));

        assertEquals(1, copy.children().values().stream().distinct().count());
        assertEquals(2, copy.parameters().size());
    }

    @Test
    void aWalkShowsEveryLayerWhereItStands() {
        var shared = Linear.of(2, 2);
        var model = Sequential.of(shared, Residual.of(shared));

        var all = Layers.all(model);

        assertEquals(List.of("", "fc1", "residual1", "residual1.body"), List.copyOf(all.keySet()));
        assertSame(shared, all.get("fc1"));
        assertSame(shared, all.get("residual1.body"));
        assertEquals("a.b", Layers.join("a", "b"));
        assertEquals("b", Layers.join("", "b"));
    }

    @Test
    void layersAreExchangedWhereTheyStand() {
        var shared = Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(1));
        shared.weight().assignMask(Mask.all(Shape.of(1, 1)));
        var model = Sequential.of(shared, Activation.relu(), Residual.of(Sequential.of(shared, Activation.relu())));
        var asked = new ArrayList<String>();

        var copy = Layers.rebuild(model, (path, layer, plan) -> {
            asked.add(path);
            return layer instanceof Relu ? Activation.tanh() : layer.rebuilt(plan);
        });

        assertEquals(
                List.of("fc1", "relu1", "residual1.body.relu1", "residual1.body", "residual1", ""), asked);
        assertEquals(
                "Sequential(fc1 = Linear(1 → 1), relu1 = Tanh, residual1 = "
                        + "Residual[body=Sequential(fc1 = Linear(1 → 1), relu1 = Tanh)])",
                copy.toString());
        var all = Layers.all(copy);
        assertSame(all.get("fc1"), all.get("residual1.body.fc1"));
        assertNotSame(shared, all.get("fc1"));
        assertEquals(StateDict.of(model), StateDict.of(copy));
    }

    @Test
    void parametersMayGetOtherShapes() {
        var model = Sequential.of(Linear.of(2, 1), Activation.relu());

        var copy = Layers.rebuild(
                model,
                parameter -> new StateDict.Entry(
                        parameter.name().equals("bias") ? Tensor.vector(5) : Tensor.matrix(new float[] {3, 4, 5}),
                        Optional.empty()),
                (path, layer, plan) -> layer.rebuilt(
                        layer instanceof Linear linear ? plan.with(linear.config().with("in", 3)) : plan));

        assertArrayEquals(new float[] {17}, copy.forward(Tensor.matrix(new float[] {1, 1, 1})).toArray());
        var e = assertThrows(IllegalArgumentException.class, () -> Layers.rebuild(
                model, (path, layer, plan) -> layer.rebuilt(
                        layer instanceof Linear linear ? plan.with(linear.config().with("in", 3)) : plan)));
        assertEquals("layer fc1: copy: there is no parameter weight[1, 3] in Linear(2 → 1)", e.getMessage());
    }

    @Test
    void tiedParametersStayTied() {
        var embedding = Embedding.of(3, 2);
        var decoder = Linear.sharing(embedding.weight(), Parameter.of("bias", Tensor.zeros(Shape.of(3))));

        var copy = Layers.copy(Sequential.of(embedding, decoder)).children();

        assertSame(((Embedding) copy.get("embedding1")).weight(), ((Linear) copy.get("fc1")).weight());
    }

    @Test
    void aLayerOfYourOwnSaysHowItIsCopied() {
        record Shift(Parameter by) implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x.plus(by.value());
            }

            @Override
            public List<Parameter> ownParameters() {
                return List.of(by);
            }

            @Override
            public LayerConfig config() {
                return LayerConfig.of("shift");
            }
        }
        Layer stateless = (x, mode) -> x;

        assertSame(stateless, Layers.copy(stateless));
        var shift = Sequential.of(new Shift(Parameter.of("by", Tensor.vector(1))));
        var e = assertThrows(UnsupportedOperationException.class, () -> Layers.copy(shift));
        assertTrue(e.getMessage().contains("Shift cannot be copied: override rebuilt"), e.getMessage());
        var scale = Parameter.of("scale", Tensor.vector(1));
        var unnamed = new Layer() {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x.times(scale.value());
            }

            @Override
            public List<Parameter> ownParameters() {
                return List.of(scale);
            }
        };
        e = assertThrows(UnsupportedOperationException.class, () -> Layers.copy(unnamed));
        assertTrue(e.getMessage().endsWith(" cannot be saved or copied: override config() and add its kind to a"
                + " LayerKinds, and override rebuilt(Blueprint)"), e.getMessage());
    }

    @Test
    void aModelThatWasNeverInitializedLearns() {
        var model = Sequential.of(Linear.of(2, 8), Activation.tanh(), Linear.of(8, 1));
        var x = Tensor.matrix(new float[] {0, 0}, new float[] {0, 1}, new float[] {1, 0}, new float[] {1, 1});
        var xor = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
        var optimizer = Optimizer.adam(0.05f).bind(model);
        for (int i = 0; i < 300; i++) {
            optimizer.step(model.forward(x, Mode.training(Rng.of(i))).minus(xor).square().mean().backward());
        }

        assertArrayEquals(xor.toArray(), model.forward(x).toArray(), 0.1f);
    }

    @Test
    void twinsInALayerOfYourOwnStartApartInTraining() {
        record Towers(Linear left, Linear right) implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return left.forward(x, mode).plus(right.forward(x, mode));
            }

            @Override
            public SequencedMap<String, Layer> children() {
                var children = new LinkedHashMap<String, Layer>();
                children.put("left", left);
                children.put("right", right);
                return children;
            }
        }
        var model = new Towers(Linear.of(3, 3), Linear.of(3, 3));

        Optimizer.sgd(0.1f).bind(model);

        assertNotEquals(
                model.left.weight().value().get(0, 0), model.right.weight().value().get(0, 0));
    }

    @Test
    void layersStartApartWhereverTheyStand() {
        var model = Sequential.of(
                Linear.of(4, 4), Activation.relu(), Residual.of(Linear.of(4, 4)),
                Concat.of(Linear.of(4, 4), Linear.of(4, 4)));
        var same = Sequential.of(
                Linear.of(4, 4), Activation.relu(), Residual.of(Linear.of(4, 4)),
                Concat.of(Linear.of(4, 4), Linear.of(4, 4)));
        var initialized = Layers.copy(same);
        initialized.initialize(Init.heNormal(), 0);

        assertEquals(StateDict.of(model), StateDict.of(same));
        assertEquals(StateDict.of(initialized), StateDict.of(model));
        assertEquals(4, model.parameters().values().stream()
                .filter(parameter -> parameter.shape().rank() == 2)
                .map(parameter -> parameter.value().get(0, 0))
                .distinct()
                .count());
    }
}
