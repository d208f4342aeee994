package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.FormatException;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.Activation;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of {@code PyTorchCasesTest} are real ones; here are small ones, computed by hand. */
class ScikitLearnTest {
    private static RawTensor array(Shape shape, double... values) {
        return RawTensor.ofDoubles(shape, values);
    }

    /** [in, out] as scikit-learn has it: two inputs, two hidden neurons, one output. */
    private static Map<String, RawTensor> network() {
        var arrays = new LinkedHashMap<String, RawTensor>();
        arrays.put("coefs_0", array(Shape.of(2, 2), 1, -1, 2, 0));
        arrays.put("intercepts_0", array(Shape.of(2), 1, 0));
        arrays.put("coefs_1", array(Shape.of(2, 1), 3, 5));
        arrays.put("intercepts_1", array(Shape.of(1), 0.5));
        return arrays;
    }

    @Test
    void theNetworkComputesWhatTheArraysSay(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("net.npz");
        Npz.write(path, network());
        // hidden: 1·3 + 2·4 + 1 = 12 and ReLU(−3) = 0; output: 3·12 + 5·0 + 0.5
        assertArrayEquals(new float[] {36.5f},
                ScikitLearn.read(path).forward(Tensor.of(Shape.of(1, 2), 3, 4)).toArray());
        // with the identity as activation: 3·12 + 5·(−3) + 0.5
        assertArrayEquals(new float[] {21.5f},
                ScikitLearn.read(path, Activation.leakyRelu(1)).forward(Tensor.of(Shape.of(1, 2), 3, 4)).toArray());
    }

    @Test
    void aScalerStandsInFront() throws FormatException {
        var arrays = network();
        arrays.put("mean", array(Shape.of(2), 1, 2));
        arrays.put("scale", array(Shape.of(2), 2, 0.5));
        // (7 − 1)/2 = 3 and (4 − 2)/0.5 = 4
        assertArrayEquals(new float[] {36.5f},
                ScikitLearn.of(arrays, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 7, 4)).toArray());
    }

    @Test
    void aLinearModelHasARowForEachOutput() throws FormatException {
        var arrays = Map.of("coef_", array(Shape.of(2, 2), 1, 2, 3, 4), "intercept_", array(Shape.of(2), 5, 6));
        assertArrayEquals(new float[] {1 * 1 + 2 * 10 + 5, 3 * 1 + 4 * 10 + 6},
                ScikitLearn.of(arrays, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 1, 10)).toArray());
        var one = Map.of("coef_", array(Shape.of(2), 1, 2), "intercept_", array(Shape.of(), 5));
        assertArrayEquals(new float[] {26},
                ScikitLearn.of(one, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 1, 10)).toArray());
    }

    private static void assertRefused(String complaint, Map<String, RawTensor> arrays) {
        var e = assertThrows(FormatException.class, () -> ScikitLearn.of(arrays, Activation.relu()));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }

    @Test
    void arraysThatAreNoModelAreRefused() {
        assertRefused("expected the arrays coefs_0", Map.of("x", array(Shape.of(1), 1)));
        var gap = network();
        gap.put("coefs_3", gap.remove("coefs_1"));
        gap.put("intercepts_3", gap.remove("intercepts_1"));
        assertRefused("expected the arrays coefs_0", gap);
        var lost = network();
        lost.remove("intercepts_1");
        assertRefused("expected the arrays coefs_0", lost);
        var flat = network();
        flat.put("coefs_1", array(Shape.of(2), 1, 2));
        assertRefused("coefs_1 is F64 [2], not a matrix", flat);
        var wide = network();
        wide.put("coefs_1", array(Shape.of(3, 1), 1, 2, 3));
        assertRefused("does not take the 2 values before it", wide);
        var bias = network();
        bias.put("intercepts_1", array(Shape.of(2), 1, 2));
        assertRefused("linear: needs weight", bias);
    }

    /** (7 − 1)/2 = 3 and (4 − 2)/0.5 = 4, as above. */
    @Test
    void arraysMayHaveTheNamesOfTheAttributes() throws FormatException {
        for (var names : List.of("mean scale", "mean_ scale_", "scaler_mean scaler_scale")) {
            var arrays = network();
            arrays.put(names.split(" ")[0], array(Shape.of(2), 1, 2));
            arrays.put(names.split(" ")[1], array(Shape.of(2), 2, 0.5));
            assertArrayEquals(new float[] {36.5f},
                    ScikitLearn.of(arrays, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 7, 4)).toArray());
        }
        var renamed = new LinkedHashMap<String, RawTensor>();
        network().forEach((name, array) -> renamed.put(name.replace("s_", "").concat("_"), array));
        assertEquals(Set.of("coef0_", "intercept0_", "coef1_", "intercept1_"), renamed.keySet());
        assertArrayEquals(new float[] {36.5f},
                ScikitLearn.of(renamed, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 3, 4)).toArray());
        var linear = Map.of("coef", array(Shape.of(2), 1, 2), "intercept", array(Shape.of(1), 5));
        assertArrayEquals(new float[] {26},
                ScikitLearn.of(linear, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 1, 10)).toArray());
    }

    @Test
    void aScalerNeedsBothArraysAndTheWidthOfTheNetwork() throws FormatException {
        var half = network();
        half.put("mean", array(Shape.of(2), 1, 2));
        assertArrayEquals(new float[] {36.5f},
                ScikitLearn.of(half, Activation.relu()).forward(Tensor.of(Shape.of(1, 2), 3, 4)).toArray());
        var wide = network();
        wide.put("mean", array(Shape.of(3), 1, 2, 3));
        wide.put("scale", array(Shape.of(3), 1, 1, 1));
        assertRefused("does not take the 3 values before it", wide);
        assertRefused("expected the arrays coefs_0", Map.of("coef_", array(Shape.of(2), 1, 2)));
    }
}
