package org.espalier.nn.onnx;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Init;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Models of 6 inputs that use every layer there is an operator for, with random values. */
final class SampleModels {
    static final int IN = 6;

    private SampleModels() {}

    /** Chains and residual blocks: what can be read back. */
    static SequencedMap<String, Layer> chains() {
        var models = new LinkedHashMap<String, Layer>();
        var activations = new Layer[] {
            Activation.relu(), Activation.leakyRelu(0.1f), Activation.tanh(), Activation.sigmoid(), Activation.gelu(),
            Activation.softplus(),
            Activation.softmax()
        };
        for (var activation : activations) {
            models.put(activation.toString(), Sequential.of(Linear.of(IN, 9), activation, Linear.of(9, 3)));
        }
        models.put("norms",
                Sequential.of(BatchNorm1d.of(IN), Linear.of(IN, 8), LayerNorm.of(8, 1e-3f), Activation.relu()));
        models.put("no arithmetic", Sequential.of(Flatten.of(), Dropout.of(0.5f), Linear.of(IN, 2)));
        models.put("select", Sequential.of(FeatureSelect.of(IN, 4, 0, 4), Linear.of(3, 5)));
        var inner = Residual.of(Sequential.of(Linear.of(IN, IN), Activation.gelu()));
        models.put("residual", Sequential.of(
                Linear.of(IN, IN), Residual.of(Sequential.of(inner, LayerNorm.of(IN))), Activation.relu()));
        models.put("one layer", Linear.of(IN, 4));
        models.values().forEach(SampleModels::randomize);
        return models;
    }

    /** All of them. */
    static SequencedMap<String, Layer> all() {
        var models = new LinkedHashMap<>(chains());
        var shared = Linear.of(IN, IN);
        models.put("tied", Sequential.of(shared, Activation.tanh(), shared));
        models.put("concat", Sequential.of(Concat.of(Sequential.of(), Linear.of(IN, 2)), Linear.of(IN + 2, 3)));
        models.values().forEach(SampleModels::randomize);
        models.put("quantized", Sequential.of(
                quantized(9, IN, ActivationScale.of(-5, 6)), Activation.relu(),
                quantized(4, 9, ActivationScale.of(0, 8))));
        return models;
    }

    private static IntegerLinear quantized(int out, int in, ActivationScale input) {
        var weight = QuantizedMatrix.of(Rng.of(out).normal(Shape.of(out, in), 0.5f));
        return IntegerLinear.of(weight, Rng.of(in).normal(Shape.of(out), 1), Optional.of(input));
    }

    private static void randomize(Layer model) {
        model.initialize(Init.heNormal(), 7);
        int stream = 0;
        for (var parameter : model.parameters().values()) {
            if (parameter.shape().rank() == 1) {
                var noise = Rng.of(11).split(stream++).normal(parameter.shape(), 1);
                parameter.assign(parameter.name().equals("running_var") ? noise.square().plus(0.1f) : noise);
            }
        }
    }

    static Tensor inputs(int rows) {
        return Rng.of(3).normal(Shape.of(rows, IN), 2);
    }
}
