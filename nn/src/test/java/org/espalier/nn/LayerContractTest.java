package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of layer that files know can do. A new kind is one line in {@link LayerKinds} and one here. */
public class LayerContractTest {
    private static final int FEATURES = 6;

    /** Layers that take {@value #FEATURES} features, by kind. */
    private static Map<String, Layer> layers() {
        var layers = new LinkedHashMap<String, Layer>();
        var zeros = Tensor.zeros(Shape.of(FEATURES));
        var integers = QuantizedMatrix.of(Rng.of(1).normal(Shape.of(4, FEATURES), 1));
        Stream.of(
                BatchNorm1d.of(FEATURES), new Celu(2), new Clip(-1, 2), Concat.of(Linear.of(FEATURES, 2), new Relu()),

                Join.concat(), Dropout.of(0.5f), new Elu(1), Embedding.of(3, 2), Flatten.of(), new Gelu(),
                new GeluTanh(), new Glu(),
                Graph.of(
                        Graph.node("a", Linear.of(FEATURES, FEATURES), Graph.INPUT),
                        Graph.node("b", new Sigmoid(), "a"),
                        Graph.node("c", Join.product(), "b", Graph.INPUT)),
                new HardSigmoid(0.2f, 0.5f), new HardSwish(), Impute.of(zeros),
                IntegerLinear.of(integers, Tensor.zeros(Shape.of(4)), Optional.empty()), LayerNorm.of(FEATURES),
                Activation.leakyRelu(0.1f), Linear.of(FEATURES, 4), new LogSoftmax(), new Mish(),
                new MissingIndicator(),
                OneHot.of(3, 3, 3, 3, 3, 3), PRelu.of(FEATURES), Join.product(), new Relu(),
                Residual.of(Linear.of(FEATURES, FEATURES)), Scale.of(zeros, zeros), FeatureSelect.of(FEATURES, 4, 1),
                new Selu(), Sequential.of(Linear.withoutBias(FEATURES, 3), new Tanh()), new Sigmoid(), new Silu(),
                new Softmax(), new Softplus(), new Softsign(), Join.sum(), new Tanh())
                .forEach(layer -> layers.put(layer.config().kind(), layer));
        return layers;
    }

    /** A layer of every kind, for {@value #FEATURES} features. */
    public static Stream<Layer> all() {
        return layers().values().stream();
    }

    /** Rows that every layer takes: indices for those that look up. */
    public static Tensor rows(Layer layer, int rows) {
        return layer instanceof Embedding || layer instanceof OneHot
                ? Rng.of(3).uniform(Shape.of(rows, FEATURES), -0.5f, 2.5f).round().abs()
                : Rng.of(3).normal(Shape.of(rows, FEATURES), 1);
    }

    @Test
    void allKindsAreHere() throws IOException {
        var source = Files.readString(
                Path.of(System.getProperty("basedir", ""), "src/main/java/org/espalier/nn/LayerKinds.java"));
        var kinds = Pattern.compile("case \"(\\w+)\" ->").matcher(source).results().map(one -> one.group(1));

        assertEquals(kinds.sorted().toList(), layers().keySet().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsSavedAndCopiedBitForBit(Layer layer) throws IOException {
        layer.parameters().values().stream()
                .filter(Parameter::isTrainable)
                .forEach(parameter -> parameter.assignMask(Mask.of(parameter.shape(), i -> i % 3 != 1)));
        for (var copy : List.of(ModelFiles.copy(layer), Layers.copy(layer))) {
            assertEquals(layer.toString(), copy.toString());
            assertEquals(StateDict.of(layer), StateDict.of(copy));
            assertArrayEquals(
                    layer.forward(rows(layer, 7)).toArray(), copy.forward(rows(layer, 7)).toArray());
            layer.parameters().values()
                    .forEach(parameter -> assertFalse(copy.parameters().containsValue(parameter), layer.toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsServedBitForBit(Layer layer) {
        // a selection of everything says how wide rows are
        var model = Sequential.of(FeatureSelect.of(FEATURES, 0, 1, 2, 3, 4, 5), layer);
        var inference = InferenceModel.of(model);
        for (int rows : new int[] {1, 5, 130}) {
            var x = rows(layer, rows);
            assertArrayEquals(
                    model.forward(x).toArray(), inference.predict(x).toArray(), layer + " as " + inference);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itSaysWhatItGives(Layer layer) {
        int out = layer.forward(rows(layer, 2)).size() / 2;

        assertTrue(layer.in() == 0 || layer.in() == FEATURES, layer.toString());
        assertEquals(out, layer.out(FEATURES), layer.toString());
    }

    @ParameterizedTest
    @MethodSource("all")
    void itTrains(Layer layer) {
        if (layer instanceof IntegerLinear) {
            return; // for inference only
        }
        var model = Sequential.of(layer);
        var before = StateDict.of(model);
        var rng = Rng.of(5);
        var x = rows(layer, 8);
        var weights = rng.normal(layer.forward(x).shape(), 1);
        var optimizer = Optimizer.sgd(0.1f).bind(model);
        var loss = model.forward(x.withGrad(), Mode.training(rng)).times(weights).sum();
        if (model.parameters().values().stream().anyMatch(Parameter::isTrainable)) {
            optimizer.step(loss.backward());
            assertNotEquals(before, StateDict.of(model), layer.toString());
        }
    }
}
