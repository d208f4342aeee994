package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What an inference model takes from a file, and the classes it gives. */
class InferenceFileTest {
    @Test
    void oneOutputIsAYesOrNo() {
        var line = Linear.of(Tensor.matrix(new float[] {1}), Tensor.vector(0));
        var logit = InferenceModel.of(line);
        var probability = InferenceModel.of(Sequential.of(line, Activation.sigmoid()));

        for (var model : List.of(logit, probability)) {
            assertArrayEquals(new int[] {1, 0, 0, 1}, model.classify(Tensor.of(Shape.of(4, 1), 5, -5, 0, 0.25f)));
            assertEquals(1, model.classify(5));
            assertEquals(0, model.classify(-5));
            assertThrows(IllegalArgumentException.class, () -> model.classify(Float.NaN));
        }
    }

    @Test
    void classesMayHaveNames() throws IOException {
        var model = Linear.of(2, 3);
        var file = ModelFile.of(model).with(InferenceModel.CLASSES, "[\"a\", \"b\", \"c\"]");

        assertEquals(List.of("a", "b", "c"), InferenceModel.load(file.toBytes()).classes());
        assertEquals(List.of(), InferenceModel.of(model).classes());
        assertThrows(
                IllegalArgumentException.class,
                () -> InferenceModel.of(ModelFile.of(model).with(InferenceModel.CLASSES, "[\"a\"]")));
        assertThrows(
                FormatException.class,
                () -> InferenceModel.of(ModelFile.of(model).with(InferenceModel.CLASSES, "[1, 2, 3]")));
    }

    @Test
    void modelsAreLoadedFromAnything() throws IOException {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu());
        var bytes = ModelFile.of(model).toBytes();
        var x = Rng.of(1).normal(Shape.of(4, 2), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.load(bytes).predict(x).toArray());
        assertArrayEquals(
                model.forward(x).toArray(),
                InferenceModel.load(new ByteArrayInputStream(bytes)).predict(x).toArray());
    }

    @Test
    void theFormatsOfTheFileAreHonoured() throws IOException {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 3), Linear.of(3, 1));
        var table = """
                {"machine": "m", "settled": true, "batches": [1], "layers": [
                 {"layer": "fc1", "in": 2, "out": 3, "kept": 6, "chosen": ["CSR"], "micros": {}},
                 {"layer": "fc2", "in": 9, "out": 3, "kept": 6, "chosen": ["CSR"], "micros": {}}]}""";

        var loaded = InferenceModel.load(ModelFile.of(model).with(InferenceModel.FORMATS, table).toBytes());

        assertEquals(
                "InferenceModel[sparse(CsrMatrix[3 × 2, 6 entries], RELU), dense(3 → 3, NONE), dense(3 → 1, NONE)]",
                loaded.toString());
        for (var damaged : List.of("7", "{}", "{\"layers\": [1]}", table.replace("CSR", "ABC"))) {
            var file = ModelFile.of(model).with(InferenceModel.FORMATS, damaged).toBytes();
            assertThrows(FormatException.class, () -> InferenceModel.load(file));
        }
    }
}
