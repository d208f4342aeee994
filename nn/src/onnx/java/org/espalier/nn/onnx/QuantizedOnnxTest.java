package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs quantized models in ONNX Runtime, which computes with integers where it can. */
class QuantizedOnnxTest {
    private static final int ROWS = 1_000;
    private static final int IN = 60;
    private static final Tensor X = Rng.of(5).normal(Shape.of(ROWS, IN), 1);

    /** A chain of layers, calibrated on its own inputs: scales from the least to the largest of each. */
    private static Sequential quantized(Layer activation, int... sizes) {
        var layers = new ArrayList<Layer>();
        var x = X;
        for (int i = 0; i + 1 < sizes.length; i++) {
            var linear = Linear.of(sizes[i], sizes[i + 1]);
            linear.initialize(Init.heNormal(), i);
            linear.bias().orElseThrow().assign(Rng.of(20 + i).normal(Shape.of(sizes[i + 1]), 0.3f));
            var scale = scale(x);
            layers.add(IntegerLinear.of(
                    QuantizedMatrix.of(linear.weight().value()), linear.bias().orElseThrow().value(),
                    Optional.of(scale)));
            x = linear.forward(x);
            if (i + 2 < sizes.length) {
                layers.add(activation);
                x = activation.forward(x);
            }
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static ActivationScale scale(Tensor x) {
        float[] all = x.toArray();
        Arrays.sort(all);
        return ActivationScale.of(all[0], all[all.length - 1]);
    }

    static List<Sequential> models() {
        return List.of(
                quantized(Activation.relu(), IN, 10),
                quantized(Activation.relu(), IN, 50, 30, 10),
                quantized(Activation.tanh(), IN, 200, 40, 5),
                quantized(Activation.relu(), IN, 1500, 4));
    }

    @ParameterizedTest
    @MethodSource("models")
    void onnxRuntimeGivesTheSameWithinOneCode(Sequential model) throws OrtException {
        float[] expected = model.forward(X).toArray();
        // One code of the outputs if they were rounded to 8 bits themselves.
        float code = scale(model.forward(X)).scale();
        for (var level : OrtSession.SessionOptions.OptLevel.values()) {
            float[] output = run(model, level, null);
            assertEquals(expected.length, output.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], output[i], code, level + ", element " + i);
            }
        }
    }

    @Test
    void onnxRuntimeMultipliesWholeNumbers(@TempDir Path directory) throws OrtException, IOException {
        var file = directory.resolve("optimized.onnx");
        run(models().get(1), OrtSession.SessionOptions.OptLevel.EXTENDED_OPT, file);

        assertTrue(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("QGemm"));
    }

    private static float[] run(Layer model, OrtSession.SessionOptions.OptLevel level, Path optimized)
            throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(level);
            if (optimized != null) {
                options.setOptimizedModelFilePath(optimized.toString());
            }
            try (var session = environment.createSession(OnnxFile.of(model).toBytes(), options);
                    var input = OnnxTensor.createTensor(
                            environment, FloatBuffer.wrap(X.toArray()), new long[] {ROWS, IN});
                    var results = session.run(Map.of("input", input))) {
                var output = new float[((OnnxTensor) results.get(0)).getFloatBuffer().remaining()];
                ((OnnxTensor) results.get(0)).getFloatBuffer().get(output);
                return output;
            }
        }
    }
}
