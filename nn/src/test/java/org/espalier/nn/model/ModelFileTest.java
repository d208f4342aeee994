package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Dropout;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    private Path directory;

    private static Sequential model() {
        var model = Sequential.of(
                Linear.of(3, 4), BatchNorm1d.of(4), Activation.relu(), Dropout.of(0.1f), Residual.of(Linear.of(4, 4)));
        model.initialize(Init.heNormal(), 11);
        var weight = model.parameters().get("fc1.weight");
        weight.assign(Tensor.of(weight.shape(), 1, -0f, Float.NaN, 4, Float.MIN_VALUE, 6, 7, 8, 9, 10, 11, 12));
        weight.assignMask(Mask.of(weight.shape(), i -> i % 2 == 0));
        model.forward(Rng.of(1).normal(Shape.of(5, 3), 1), Mode.training(Rng.of(2)));
        return model;
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ModelFileTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static ModelFile read(byte[] bytes) throws FormatException {
        return ModelFile.read(bytes, LayerKinds.standard());
    }

    @Test
    void bitsMasksNamesLayersAndMetadataComeBack() throws IOException {
        var model = model();
        var path = directory.resolve("model.safetensors");

        ModelFile.of(model).with("recipe", "train, prune").with("seed", "11").write(path);
        var loaded = ModelFile.read(path);

        assertEquals(StateDict.of(model), StateDict.of(loaded.model()));
        assertEquals(model.toString(), loaded.model().toString());
        assertEquals(Map.of("recipe", "train, prune", "seed", "11"), loaded.metadata());
        var x = Rng.of(3).normal(Shape.of(6, 3), 1);
        assertArrayEquals(model.forward(x).toArray(), loaded.model().forward(x).toArray());
    }

    @Test
    void theMaskStillHoldsAfterLoading() throws IOException {
        var weight = read(ModelFile.of(model()).toBytes()).model().parameters().get("fc1.weight");

        weight.assign(Tensor.full(weight.shape(), Float.NaN));

        assertEquals(6, Mask.nonZero(weight.value()).kept());
    }

    @Test
    void equalModelsGiveEqualBytes() throws IOException {
        var bytes = ModelFile.of(model()).with("a", "1").with("b", "2").toBytes();

        assertArrayEquals(bytes, ModelFile.of(model()).with("b", "2").with("a", "1").toBytes());
        assertArrayEquals(bytes, read(bytes).toBytes());
    }

    @Test
    void anyReaderFindsTheTensorsUnderTheirNames() throws IOException {
        var file = SafeTensors.read(ModelFile.of(model()).toBytes());

        assertEquals(DType.F32, file.raw("fc1.weight").dtype());
        assertEquals(Shape.of(4, 3), file.raw("fc1.weight").shape());
        // of a masked element any other program sees zero
        float[] weight = file.raw("fc1.weight").toFloats();
        for (int i = 0; i < 12; i++) {
            assertEquals(i % 2 != 0, weight[i] == 0, "element " + i);
        }
        assertEquals(DType.F32, file.raw("bn1.running_var").dtype());
        assertEquals(Shape.of(4), file.raw("residual1.body.bias").shape());
        assertEquals("3", file.metadata("espalier.version"));
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsFound() {
        var bytes = ModelFile.of(Sequential.of(Linear.of(2, 2), Activation.relu())).toBytes();
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                var damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertThrows(FormatException.class, () -> read(damaged));
            }
            var cut = Arrays.copyOf(bytes, at);
            assertThrows(FormatException.class, () -> read(cut));
        }
    }

    private interface Change {
        void apply(Map<String, RawTensor> tensors, Map<String, String> strings);
    }

    /** Changes the tensors and strings of a good file; the result has a good checksum. */
    private static byte[] changed(Change change) throws FormatException {
        var file = SafeTensors.read(ModelFile.of(model()).toBytes());
        var tensors = new LinkedHashMap<>(file.tensors());
        var strings = new LinkedHashMap<>(file.metadata());
        change.apply(tensors, strings);
        return SafeTensors.toBytes(TensorFile.of(tensors, strings));
    }

    private static void assertRefused(String problem, Change change) throws FormatException {
        var bytes = changed(change);
        var e = assertThrows(FormatException.class, () -> read(bytes));
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void tensorsMustBeExactlyThoseOfTheArchitecture() throws FormatException {
        var bias = RawTensor.of(Tensor.zeros(Shape.of(4)));
        var rounded = RawTensor.ofFloats(DType.BF16, Shape.of(4), new float[4]);
        var flat = RawTensor.ofBooleans(Shape.of(12), new boolean[12]);
        assertRefused("no tensor \"fc1.bias\"", (tensors, strings) -> tensors.remove("fc1.bias"));
        assertRefused("\"fc3.bias\" belongs to no layer", (tensors, strings) -> tensors.put("fc3.bias", bias));
        assertRefused("\"fc1.weight\" is F32 [4]", (tensors, strings) -> tensors.put("fc1.weight", bias));
        assertRefused("\"fc1.bias\" is BF16 [4]", (tensors, strings) -> tensors.put("fc1.bias", rounded));
        assertRefused("\"fc1.bias.mask\" belongs to no layer",
                (tensors, strings) -> tensors.put("fc1.bias.mask", bias));
        assertRefused("\"fc1.weight.mask\" belongs to no", (tensors, strings) -> tensors.put("fc1.weight.mask", flat));
        assertRefused("\"relu1.mask\" belongs to no layer", (tensors, strings) -> tensors.put("relu1.mask", flat));
    }

    @Test
    void versionAndArchitectureMustBeThereAndMakeSense() throws FormatException {
        assertRefused("this is another safetensors file: use PyTorchFile.read(...)",
                (tensors, strings) -> strings.remove("espalier.version"));
        assertRefused("version 4; this library reads 1 to 3",
                (tensors, strings) -> strings.put("espalier.version", "4"));
        assertRefused("no metadata", (tensors, strings) -> strings.remove("espalier.architecture"));
        assertRefused("espalier.architecture: JSON", (tensors, strings) -> strings.put("espalier.architecture", "{"));
        assertRefused("not a JSON object", (tensors, strings) -> strings.put("espalier.architecture", "[]"));
        assertRefused("unknown kind", (tensors, strings) -> strings.merge(
                "espalier.architecture", "", (text, none) -> text.replace("relu", "java.lang.ProcessBuilder")));
        assertRefused("which version 1 of the format does not know", (tensors, strings) -> strings.putAll(
                Map.of("espalier.version", "1", "espalier.packing", "{\"fc1.weight\":\"gaps int8\"}")));
        var blanks = " ".repeat(5_000_000);
        assertRefused("5000000 characters", (tensors, strings) -> strings.put("espalier.architecture", blanks));
    }

    @Test
    void aFileWithoutChecksumIsRefused() throws FormatException {
        var plain = SafeTensors.toPlainBytes(SafeTensors.read(ModelFile.of(model()).toBytes()));

        assertThrows(FormatException.class, () -> read(plain));
    }

    @Test
    void masksOfVersionOneAreCheckedAndHoldWhateverIsUnderThem() throws IOException {
        var file = SafeTensors.read(resource("model-version-1.safetensors"));
        var tensors = new LinkedHashMap<>(file.tensors());
        tensors.put("fc1.weight", RawTensor.of(Tensor.full(Shape.of(2, 2), Float.NaN)));
        var weight = read(SafeTensors.toBytes(TensorFile.of(tensors, file.metadata())))
                .model().parameters().get("fc1.weight").value().toArray();
        for (int i = 0; i < 4; i++) {
            assertEquals(i != 1, Float.isNaN(weight[i]));
            assertTrue(i != 1 || Float.floatToRawIntBits(weight[i]) == 0);
        }
        for (var mask : List.of(RawTensor.of(Tensor.zeros(Shape.of(2, 2))),
                RawTensor.ofBooleans(Shape.of(4), new boolean[4]))) {
            tensors.put("fc1.weight.mask", mask);
            var bytes = SafeTensors.toBytes(TensorFile.of(tensors, file.metadata()));
            var e = assertThrows(FormatException.class, () -> read(bytes));
            assertTrue(e.getMessage().contains("\"fc1.weight.mask\" is " + mask), e.getMessage());
        }
    }

    @Test
    void aGarbledArchitectureNeverThrowsAnythingElse() throws FormatException {
        var rng = Rng.of(99);
        var alphabet = "{}[]\":,.-0123456789eE\\ \u0000abclinearsequentialtrue";
        for (int round = 0; round < 3000; round++) {
            var bytes = changed((tensors, strings) -> strings.merge("espalier.architecture", "", (text, none) -> {
                var garbled = new StringBuilder(text);
                for (int edits = 1 + rng.nextInt(3); edits > 0; edits--) {
                    int at = rng.nextInt(garbled.length());
                    char letter = alphabet.charAt(rng.nextInt(alphabet.length()));
                    switch (rng.nextInt(3)) {
                        case 0 -> garbled.setCharAt(at, letter);
                        case 1 -> garbled.deleteCharAt(at);
                        default -> garbled.insert(at, garbled.substring(at, Math.min(at + 20, garbled.length())));
                    }
                }
                return garbled.toString();
            }));
            try {
                read(bytes);
            } catch (FormatException e) {
                assertTrue(e.getMessage().startsWith("model bytes"), e.getMessage());
            }
        }
    }

    @Test
    void theFormatsOwnKeysAndNamesAreKept() {
        var file = ModelFile.of(model());

        assertThrows(IllegalArgumentException.class, () -> file.with("espalier.version", "7").toBytes());
        assertThrows(IllegalArgumentException.class, () -> file.with("espalier.architecture", "7").toBytes());
        Layer unsaved = (x, mode) -> x;
        assertThrows(UnsupportedOperationException.class, () -> ModelFile.of(unsaved).toBytes());
    }

    @Test
    void layersOfYourOwnNeedTheirTable() throws FormatException {
        record Cube() implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x.pow(3);
            }

            @Override
            public LayerConfig config() {
                return LayerConfig.of("cube");
            }
        }

        var bytes = ModelFile.of(Sequential.of(new Cube())).toBytes();

        assertThrows(FormatException.class, () -> read(bytes));
        var loaded = ModelFile.read(bytes, LayerKinds.standard().with("cube", plan -> new Cube()));
        assertEquals(List.of("cube1"), List.copyOf(loaded.model().children().keySet()));
    }

    @Test
    void aFileIsReadIntoACopyOfAModelWithTheSameLayers() throws IOException {
        record Twice(Parameter weight) implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x.times(weight.value()).times(2);
            }

            @Override
            public List<Parameter> ownParameters() {
                return List.of(weight);
            }

            @Override
            public LayerConfig config() {
                return LayerConfig.of("twice");
            }

            @Override
            public Layer rebuilt(Blueprint plan) throws FormatException {
                return new Twice(plan.parameter("weight", weight.size()));
            }
        }

        var trained = new Twice(Parameter.of("weight", Tensor.vector(3, 0, 5)));
        trained.weight().assignMask(Mask.of(trained.weight().shape(), i -> i != 1));
        var path = directory.resolve("twice.safetensors");
        ModelFile.of(trained).with("epoch", "4").verified(Tensor.of(Shape.of(1, 3), 1, 1, 1)).write(path);
        var fresh = new Twice(Parameter.of("weight", Tensor.vector(1, 1, 1)));

        assertThrows(FormatException.class, () -> ModelFile.read(path), "no table of kinds has it");
        var back = ModelFile.read(path, fresh);
        assertEquals(StateDict.of(trained), StateDict.of(back.model()));
        assertEquals(Map.of("epoch", "4"), back.metadata());
        assertEquals(1, fresh.weight().value().get(1), "the model at hand stays as it is");
        var wider = new Twice(Parameter.of("weight", Tensor.zeros(Shape.of(4))));
        assertThrows(FormatException.class, () -> ModelFile.read(path, wider));
        var e = assertThrows(FormatException.class, () -> ModelFile.read(path, Sequential.of(trained)));
        assertTrue(e.getMessage().contains("other layers"), e.getMessage());
    }

    /** The file was written by version 1 and must load for ever. */
    @Test
    void aFileOfVersionOneStillLoads() throws IOException {
        var file = read(resource("model-version-1.safetensors"));

        // 1·2 + 0.25 (the −2 is masked) and 0.5·2 + 3·1 − 1, rectified, then their sum
        assertEquals(5.25f, file.model().forward(Tensor.of(Shape.of(1, 2), 2, 1)).item());
        assertEquals("Sequential(fc1 = Linear(2 → 2), relu1 = Relu, fc2 = Linear(2 → 1))", file.model().toString());
        var mask = file.model().parameters().get("fc1.weight").mask().orElseThrow();
        assertEquals(Mask.of(Shape.of(2, 2), i -> i != 1), mask);
        assertEquals(Map.of("note", "gold"), file.metadata());
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        var path = directory.resolve("model.safetensors");
        ModelFile.of(model()).write(path);
        var before = Files.readAllBytes(path);

        Layer unsaved = (x, mode) -> x;
        assertThrows(UnsupportedOperationException.class, () -> ModelFile.of(unsaved).write(path));

        assertArrayEquals(before, Files.readAllBytes(path));
        assertThrows(IOException.class, () -> ModelFile.read(directory.resolve("missing")));
    }

    @Test
    void sectionsComeBackAsJson() throws FormatException {
        var schema = Json.object().with("inputs", Json.array(List.of(Json.object().with("name", "age"))));
        var file = read(ModelFile.of(model()).with("schema", schema).with("note", "no JSON").toBytes());

        assertEquals(Optional.of(schema), file.section("schema"));
        assertEquals(Optional.empty(), file.section("other"));
        assertEquals(schema.compact(), file.metadata().get("schema"));
        assertThrows(FormatException.class, () -> file.section("note"));
    }

    @Test
    void theVerificationRowsAreComputedWhenTheFileIsRead() throws IOException {
        var model = Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 2));
        model.initialize(Init.heNormal(), 8);
        var x = Rng.of(5).normal(Shape.of(2, 3), 1);
        var bytes = ModelFile.of(model).verified(x).toBytes();
        var path = directory.resolve("model.safetensors");
        Files.write(path, bytes);

        assertArrayEquals(x.toArray(), read(bytes).verification().orElseThrow().inputs().toArray());
        assertArrayEquals(model.forward(x).toArray(),
                ModelFile.read(new ByteArrayInputStream(bytes)).verification().orElseThrow().outputs().toArray());
        assertArrayEquals(bytes, ModelFile.read(path).toBytes());

        var contents = SafeTensors.read(bytes);
        var tensors = new LinkedHashMap<>(contents.tensors());
        tensors.put("fc2.bias", RawTensor.of(Tensor.vector(1, 2)));
        Files.write(path, SafeTensors.toBytes(TensorFile.of(tensors, contents.metadata())));
        var e = assertThrows(FormatException.class, () -> ModelFile.read(path));
        assertTrue(e.getMessage().contains("verification row 0: output "), e.getMessage());
        assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
        assertTrue(ModelFile.readUnverified(path, LayerKinds.standard()).verification().isPresent());
        assertThrows(FormatException.class, () -> InferenceModel.load(path));
        assertEquals(3, InferenceModel.load(bytes).in());

        tensors.put("espalier.rows.inputs", RawTensor.of(Tensor.zeros(Shape.of(2, 7))));
        Files.write(path, SafeTensors.toBytes(TensorFile.of(tensors, contents.metadata())));
        assertThrows(FormatException.class, () -> ModelFile.read(path));
        assertThrows(FormatException.class, () -> InferenceModel.load(path));
        tensors.put("espalier.rows.inputs", RawTensor.of(Tensor.zeros(Shape.of(3, 3))));
        Files.write(path, SafeTensors.toBytes(TensorFile.of(tensors, contents.metadata())));
        assertThrows(FormatException.class, () -> ModelFile.read(path));
    }

    @Test
    void roundingAFileVerifiesTheRoundedModel() throws FormatException {
        var model = Sequential.of(Linear.of(3, 4));
        model.initialize(Init.heNormal(), 1);
        var file = ModelFile.of(model).verified(Rng.of(5).normal(Shape.of(2, 3), 1)).packed(
                new Packing(Layout.ALL, Encoding.intPerRow(2)), Packing.NONE);

        var rows = read(file.toBytes()).verification().orElseThrow();

        assertArrayEquals(file.model().forward(rows.inputs()).toArray(), rows.outputs().toArray());
    }
}
