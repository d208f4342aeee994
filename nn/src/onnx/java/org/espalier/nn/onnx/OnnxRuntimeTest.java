package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.nn.Layer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs exported models in ONNX Runtime. */
class OnnxRuntimeTest {
    private static final int ROWS = 1_000;
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicTest> onnxRuntimeComputesTheSame() {
        return SampleModels.all().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> compare(model.getValue())));
    }

    private static void compare(Layer model) throws OrtException {
        var x = SampleModels.inputs(ROWS);
        var expected = model.forward(x).toArray();
        var environment = OrtEnvironment.getEnvironment();
        var shape = new long[] {ROWS, SampleModels.IN};
        try (var session = environment.createSession(OnnxFile.of(model).toBytes());
                var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.toArray()), shape);
                var results = session.run(Map.of("input", input))) {
            var output = ((OnnxTensor) results.get(0)).getFloatBuffer();
            assertEquals(expected.length, output.remaining());
            // Where sums cancel, a small output carries the rounding of terms about as large as 1.
            for (int i = 0; i < expected.length; i++) {
                double bound = TOLERANCE * Math.max(1, Math.abs(expected[i]));
                assertEquals(expected[i], output.get(i), bound, "element " + i);
            }
        }
    }
}
