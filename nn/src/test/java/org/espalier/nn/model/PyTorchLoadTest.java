package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class PyTorchLoadTest {
    private static final Shape TWO = Shape.of(2);
    private static final Shape ROW = Shape.of(1, 2);

    private static RawTensor floats(Shape shape, float... values) {
        return RawTensor.ofFloats(DType.F32, shape, values);
    }

    private static RawTensor pair(float first, float second) {
        return floats(TWO, first, second);
    }

    private static TensorFile file(Object... namesAndTensors) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            tensors.put((String) namesAndTensors[i], (RawTensor) namesAndTensors[i + 1]);
        }
        return TensorFile.of(tensors, Map.of());
    }

    private static void load(Layer model, TensorFile file) throws FormatException {
        new PyTorchLoad("the file", file, model).apply(Map.of());
    }

    /** The whole message; the model must be as it was. */
    private static String refusal(Layer model, TensorFile file) {
        var before = StateDict.of(model);
        var message = assertThrows(FormatException.class, () -> load(model, file)).getMessage();
        assertEquals(before, StateDict.of(model));
        String beginning = "the file: does not fit the model: ";
        assertTrue(message.startsWith(beginning), message);
        return message.substring(beginning.length());
    }

    private static float[] value(Layer model, String name) {
        return StateDict.of(model).value(name).toArray();
    }

    @Test
    void aNormOverFeaturesMayLackItsBiasOrBoth() throws FormatException {
        var norm = LayerNorm.of(2);
        load(norm, file("weight", pair(3, 4), "bias", pair(5, 6)));
        assertArrayEquals(new float[] {5, 6}, value(norm, "bias"));
        load(norm, file("weight", pair(7, 8)));
        assertArrayEquals(new float[] {7, 8}, value(norm, "weight"));
        assertArrayEquals(new float[] {0, 0}, value(norm, "bias"));
        load(norm, file());
        assertArrayEquals(new float[] {1, 1}, value(norm, "weight"));
        assertArrayEquals(new float[] {0, 0}, value(norm, "bias"));
        assertEquals("\"weight\" [2] is missing", refusal(norm, file("bias", pair(5, 6))));
    }

    @Test
    void aNormOverTheBatchLacksBothOrNeither() throws FormatException {
        var norm = BatchNorm1d.of(2);
        load(norm, file("weight", pair(3, 4), "bias", pair(5, 6), "running_mean", pair(7, 8), "running_var",
                pair(9, 10), "num_batches_tracked", RawTensor.ofLongs(DType.I64, Shape.of(), 4)));
        assertArrayEquals(new float[] {3, 4}, value(norm, "weight"));
        assertArrayEquals(new float[] {9, 10}, value(norm, "running_var"));
        load(norm, file("running_mean", pair(1, 2), "running_var", pair(3, 4)));
        assertArrayEquals(new float[] {1, 1}, value(norm, "weight"));
        assertArrayEquals(new float[] {0, 0}, value(norm, "bias"));
        assertArrayEquals(new float[] {1, 2}, value(norm, "running_mean"));

        assertEquals("\"bias\" [2] is missing",
                refusal(norm, file("weight", pair(3, 4), "running_mean", pair(1, 2), "running_var", pair(3, 4))));
        assertEquals("\"weight\" [2] is missing",
                refusal(norm, file("bias", pair(3, 4), "running_mean", pair(1, 2), "running_var", pair(3, 4))));
        assertEquals("\"running_var\" [2] is missing", refusal(norm, file("running_mean", pair(1, 2))));
        assertEquals("\"weight\" [2] is missing; \"bias\" [2] is missing; \"running_mean\" [2] is missing; "
                + "\"running_var\" [2] is missing", refusal(norm, file()));
    }

    @Test
    void aNormWithoutStatisticsIsNamedAsSuch() {
        String hint = ": the file is of a model that keeps no statistics (track_running_stats=False), which is not "
                + "supported; let the model see data in train mode instead";
        assertEquals("\"running_mean\" [2] is missing" + hint + "; \"running_var\" [2] is missing" + hint,
                refusal(BatchNorm1d.of(2), file("weight", pair(1, 1), "bias", pair(0, 0))));
    }

    @Test
    void aPrunedNormHasItsWeight() {
        // weight_orig is a weight, so the bias is really missing.
        assertEquals("\"bias\" [2] is missing", refusal(BatchNorm1d.of(2), file("weight_orig", pair(3, 4),
                "weight_mask", pair(1, 0), "running_mean", pair(1, 2), "running_var", pair(3, 4))));
    }

    @Test
    void aBiasThatALayerLacksIsNamedOnlyBesideItsWeight() {
        assertEquals("\"weight\" [1, 2] is missing; \"bias\" [1] is missing", refusal(Linear.of(2, 1), file()));
        assertEquals("\"weight\" [1, 2] is missing", refusal(Linear.of(2, 1), file("bias", floats(Shape.of(1), 3))));
        assertEquals("\"bias\" [1] is missing: the file has this layer without a bias, as Linear.withoutBias(2, 1) is",
                refusal(Linear.of(2, 1), file("weight", floats(ROW, 1, 2))));
    }

    @Test
    void bothHalvesOfAPrunedWeightAreChecked() {
        var model = Linear.withoutBias(2, 1);
        assertEquals("\"weight_mask\" [1, 2] is missing", refusal(model, file("weight_orig", floats(ROW, 1, 2))));
        assertEquals("\"weight\" [1, 2] is missing; \"weight_mask\" belongs to no layer",
                refusal(model, file("weight_mask", floats(ROW, 1, 2))));
        assertEquals("\"weight_orig\" is F32 [2], the model needs F32 [1, 2]",
                refusal(model, file("weight_orig", pair(1, 2), "weight_mask", floats(ROW, 1, 0))));
        assertEquals("\"weight_mask\" is F32 [2], the model needs F32 [1, 2]",
                refusal(model, file("weight_orig", floats(ROW, 1, 2), "weight_mask", pair(1, 0))));
        assertEquals("\"weight_orig\" belongs to no layer",
                refusal(model, file("weight", floats(ROW, 1, 2), "weight_orig", floats(ROW, 1, 2))));
    }

    @Test
    void aTypeThatCannotBeDecodedIsNamed() {
        assertEquals("\"weight\" is F8_E4M3 [1, 2], the model needs F32 [1, 2]", refusal(Linear.withoutBias(2, 1),
                file("weight", RawTensor.ofBytes(DType.F8_E4M3, ROW, (byte) 1, (byte) 2))));
    }

    @Test
    void twoNamesOfOneParameterHaveTheSameValuesAndMask() throws FormatException {
        var encoder = Linear.withoutBias(2, 1);
        var model = Sequential.of(encoder, Activation.tanh(), Linear.sharing(encoder.weight()));
        var value = floats(ROW, 1, 2);
        var kept = floats(ROW, 1, 0);
        load(model, file("fc1.weight_orig", value, "fc1.weight_mask", kept, "fc2.weight_orig", value,
                "fc2.weight_mask", kept));
        assertArrayEquals(new float[] {1, 0}, encoder.weight().value().toArray());

        String differ = "\"fc1.weight\" and \"fc2.weight\" differ, but in the model they are one";
        assertEquals(differ, refusal(model, file("fc1.weight_orig", value, "fc1.weight_mask", kept,
                "fc2.weight", floats(ROW, 1, 0))));
        assertEquals(differ, refusal(model, file("fc1.weight", value, "fc2.weight", floats(ROW, 1, 3))));
        // The second name alone, and a second name of the wrong shape.
        load(model, file("fc2.weight_orig", value, "fc2.weight_mask", floats(ROW, 0, 1)));
        assertArrayEquals(new float[] {0, 2}, encoder.weight().value().toArray());
        assertEquals("\"fc2.weight\" is F32 [2], the model needs F32 [1, 2]",
                refusal(model, file("fc1.weight", value, "fc2.weight", pair(1, 2))));
        assertEquals("\"fc1.weight\" is F32 [2], the model needs F32 [1, 2]",
                refusal(model, file("fc1.weight", pair(1, 2), "fc2.weight", value)));
        assertEquals("\"fc1.weight\" [1, 2] is missing", refusal(model, file()));
    }

    @Test
    void aWordInFrontOfAllNamesIsNamed() {
        var model = Sequential.of(Linear.withoutBias(2, 1));
        var value = floats(ROW, 1, 2);
        String hint = "; all names of the file begin with \"net.\": withoutPrefix(\"net.\") takes that away";
        assertEquals("\"fc1.weight\" [1, 2] is missing; \"net.fc1.weight\" belongs to no layer" + hint,
                refusal(model, file("net.fc1.weight", value)));
        for (var other : new String[] {"weight", "other.weight", "network.fc1"}) {
            var message = refusal(model, file("net.fc1.weight", value, other, value));
            assertFalse(message.contains("all names"), message);
        }
        // The model's own names begin so as well.
        var message = refusal(model, file("fc1.bias", value));
        assertFalse(message.contains("all names"), message);
        assertEquals("\"fc1.weight\" [1, 2] is missing", refusal(model, file()));
    }
}
