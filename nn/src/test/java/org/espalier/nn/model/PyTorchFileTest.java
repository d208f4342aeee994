package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyTorchFileTest {
    private static final Shape ROW = Shape.of(1, 2);

    private static PyTorchFile file(Object... namesAndTensors) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            tensors.put((String) namesAndTensors[i], (RawTensor) namesAndTensors[i + 1]);
        }
        return PyTorchFile.of(TensorFile.of(tensors, Map.of("format", "pt")));
    }

    private static RawTensor floats(Shape shape, float... values) {
        return RawTensor.ofFloats(DType.F32, shape, values);
    }

    private static Sequential twoLayers() {
        return Sequential.of(Linear.of(2, 1), Activation.relu(), Linear.of(1, 1));
    }

    @Test
    void layersAreFoundByTheirNames() throws FormatException {
        var model = twoLayers();
        file("fc2.weight", floats(Shape.of(1, 1), 5), "fc2.bias", floats(Shape.of(1), 6),
                "fc1.weight", floats(ROW, 1, 2), "fc1.bias", floats(Shape.of(1), 3)).applyTo(model);

        assertArrayEquals(new float[] {1, 2}, StateDict.of(model).value("fc1.weight").toArray());
        assertArrayEquals(new float[] {6}, StateDict.of(model).value("fc2.bias").toArray());
    }

    @Test
    void aFileListsItsTensors() {
        assertEquals("PyTorch tensors{fc1.weight=F32 [1, 2], fc1.bias=F32 [1]}",
                file("fc1.weight", floats(ROW, 1, 2), "fc1.bias", floats(Shape.of(1), 3)).toString());
    }

    @Test
    void layersAreFoundByAMapOfNames() throws FormatException {
        var model = Sequential.of(Linear.of(2, 1));
        file("net.head.weight", floats(ROW, 1, 2), "net.head.bias", floats(Shape.of(1), 3))
                .applyTo(model, Map.of("fc1", "net.head"));

        assertArrayEquals(new float[] {3}, StateDict.of(model).value("fc1.bias").toArray());
    }

    @Test
    void layersAreFoundByTheOrderOfTheirNumbers() throws FormatException {
        var model = twoLayers();
        file("10.weight", floats(Shape.of(1, 1), 5), "10.bias", floats(Shape.of(1), 6),
                "9.weight", floats(ROW, 1, 2), "9.bias", floats(Shape.of(1), 3)).applyInOrder(model);

        assertArrayEquals(new float[] {3}, StateDict.of(model).value("fc1.bias").toArray());
        assertArrayEquals(new float[] {6}, StateDict.of(model).value("fc2.bias").toArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void floatsOfEverySizeAreDecoded(DType dtype) throws FormatException {
        var model = Linear.of(2, 1);
        file("weight", RawTensor.ofFloats(dtype, ROW, 1.5f, -2), "bias",
                RawTensor.ofDoubles(Shape.of(1), 0.1)).applyTo(model);

        assertArrayEquals(new float[] {1.5f, -2}, model.weight().value().toArray());
        assertArrayEquals(new float[] {0.1f}, model.bias().orElseThrow().value().toArray());
    }

    @ParameterizedTest
    @EnumSource(names = {"I8", "I16", "I32", "I64", "U8"})
    void integersAreDecoded(DType dtype) throws FormatException {
        var model = Linear.of(2, 1);
        file("weight", RawTensor.ofInts(dtype, ROW, 7, 100), "bias", floats(Shape.of(1), 0)).applyTo(model);

        assertArrayEquals(new float[] {7, 100}, model.weight().value().toArray());
    }

    @Test
    void valueAndMaskOfPruningBecomeAMaskedParameter() throws FormatException {
        var model = Linear.of(2, 1);
        file("weight_orig", floats(ROW, 4, 5), "weight_mask", floats(ROW, 0, 1), "bias", floats(Shape.of(1), 6))
                .applyTo(model);

        assertArrayEquals(new float[] {0, 5}, model.weight().value().toArray());
        assertEquals(Mask.of(ROW, i -> i == 1), model.weight().mask().orElseThrow());
    }

    @Test
    void allThatDoesNotFitIsNamedAndNothingChanges() {
        var model = twoLayers();
        var before = StateDict.of(model);
        var file = file("fc1.weight", floats(Shape.of(2, 1), 1, 2), "fc1.bias", floats(Shape.of(1), 3),
                "fc2.weight_orig", floats(Shape.of(1, 1), 1), "fc3.weight", floats(Shape.of(1), 1),
                "fc3.num_batches_tracked", RawTensor.ofLongs(DType.I64, Shape.of(), 9));

        var problem = assertThrows(FormatException.class, () -> file.applyTo(model));
        assertEquals("PyTorch tensors: does not fit the model: "
                + "\"fc1.weight\" is F32 [2, 1], the model needs F32 [1, 2]; "
                + "\"fc2.weight_mask\" [1, 1] is missing; "
                + "\"fc2.bias\" [1] is missing: the file has this layer without a bias, as "
                + "Linear.withoutBias(1, 1) is; "
                + "\"fc3.weight\" belongs to no layer", problem.getMessage());
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void anotherNumberOfLayersIsRefused() {
        var file = file("0.weight", floats(ROW, 1, 2), "0.bias", floats(Shape.of(1), 3));

        var problem = assertThrows(FormatException.class, () -> file.applyInOrder(twoLayers()));
        assertEquals("PyTorch tensors: has the layers [0] but the model has [fc1, fc2]", problem.getMessage());
    }

    @Test
    void anUndecodableTypeIsRefused() {
        var file = file("weight", RawTensor.ofBytes(DType.F8_E5M2, ROW, (byte) 1, (byte) 2),
                "bias", floats(Shape.of(1), 3));

        assertThrows(FormatException.class, () -> file.applyTo(Linear.of(2, 1)));
    }

    @Test
    void whatIsWrittenHasTheNamesPyTorchExpects() {
        var model = Sequential.of(Linear.of(2, 1), Activation.relu(), BatchNorm1d.of(1));
        ((Linear) model.children().get("fc1")).weight().assignMask(Mask.of(ROW, i -> i == 0));

        assertEquals(
                Set.of("0.weight", "0.bias", "2.weight", "2.bias", "2.running_mean", "2.running_var",
                        "2.num_batches_tracked"),
                PyTorchFile.numbered(model).contents().tensors().keySet());
        assertEquals(
                Set.of("fc1.weight_orig", "fc1.weight_mask", "fc1.bias", "bn1.weight", "bn1.bias",
                        "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked"),
                PyTorchFile.pruned(model).contents().tensors().keySet());
    }

    @Test
    void everyFormThatIsWrittenCanBeReadBack(@TempDir Path directory) throws IOException {
        var model = Sequential.of(Linear.of(2, 3), BatchNorm1d.of(3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 1);
        ((Linear) model.children().get("fc1")).weight().assignMask(Mask.of(Shape.of(3, 2), i -> i % 2 == 0));
        var path = directory.resolve("state.safetensors");

        PyTorchFile.pruned(model).write(path);
        var same = (Sequential) Layers.copy(model);
        same.initialize(Init.heNormal(), 2);
        PyTorchFile.read(path).applyTo(same);
        assertEquals(StateDict.of(model), StateDict.of(same));

        PyTorchFile.numbered(model).write(path);
        var plain = Sequential.of(Linear.of(2, 3), BatchNorm1d.of(3), Activation.relu(), Linear.of(3, 1));
        PyTorchFile.read(path).applyInOrder(plain);
        assertArrayEquals(
                StateDict.of(model).value("fc1.weight").toArray(), StateDict.of(plain).value("fc1.weight").toArray());
        assertTrue(StateDict.of(plain).mask("fc1.weight").isEmpty());
        var streamed = Layers.copy(plain);
        streamed.initialize(Init.heNormal(), 3);
        try (var stream = Files.newInputStream(path)) {
            PyTorchFile.read(stream).applyInOrder(streamed);
        }
        assertEquals(StateDict.of(plain), StateDict.of(streamed));
    }

    @Test
    void namesAreOrderedByTheNumbersInThem() {
        var names = IntStream.of(3, 0, 4, 1, 2)
                .mapToObj(List.of("fc1", "fc2", "fc10", "layer.2.fc", "layer.10.fc")::get)
                .sorted(PyTorchNames.ORDER)
                .toList();

        assertEquals(List.of("fc1", "fc2", "fc10", "layer.2.fc", "layer.10.fc"), names);
    }

    @Test
    void layersThatStandInTwoPlacesComeBack() throws FormatException {
        var shared = Linear.of(2, 2);
        var model = Sequential.of(shared, Activation.tanh(), shared);
        shared.weight().assign(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
        var file = PyTorchFile.of(model);
        assertEquals(Set.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"), file.contents().tensors().keySet());
        for (var written : List.of(file, PyTorchFile.numbered(model))) {
            var again = Linear.of(2, 2);
            var copy = Sequential.of(again, Activation.tanh(), again);
            written.applyInOrder(copy);
            assertArrayEquals(new float[] {1, 2, 3, 4}, again.weight().value().toArray());
        }
        var once = Linear.of(2, 2);
        file("fc1.weight", floats(Shape.of(2, 2), 5, 6, 7, 8), "fc1.bias", floats(Shape.of(2), 0, 0))
                .applyTo(Sequential.of(once, Activation.tanh(), once));
        assertArrayEquals(new float[] {5, 6, 7, 8}, once.weight().value().toArray());

        var problem = assertThrows(FormatException.class, () -> file(
                "fc1.weight", floats(Shape.of(2, 2), 5, 6, 7, 8), "fc1.bias", floats(Shape.of(2), 0, 0),
                "fc2.weight", floats(Shape.of(2, 2), 5, 6, 7, 9), "fc2.bias", floats(Shape.of(2), 0, 0))
                .applyTo(Sequential.of(once, Activation.tanh(), once)));
        assertTrue(
                problem.getMessage()
                        .contains("\"fc1.weight\" and \"fc2.weight\" differ, but in the model they are one"),
                problem.getMessage());
    }

    @Test
    void tiedWeightsMayBeThereUnderOneNameOrBoth() throws FormatException {
        var encoder = Linear.withoutBias(2, 2);
        var model = Sequential.of(encoder, Linear.sharing(encoder.weight()));
        file("fc1.weight", floats(Shape.of(2, 2), 1, 2, 3, 4), "fc2.weight", floats(Shape.of(2, 2), 1, 2, 3, 4))
                .applyTo(model);
        assertArrayEquals(new float[] {1, 2, 3, 4}, encoder.weight().value().toArray());
        file("fc2.weight", floats(Shape.of(2, 2), 5, 6, 7, 8)).applyTo(model);
        assertArrayEquals(new float[] {5, 6, 7, 8}, encoder.weight().value().toArray());
    }

    @Test
    void aLayerWithoutBiasIsLoadedIntoOne() throws FormatException {
        var model = Linear.withoutBias(2, 1);
        file("weight", floats(ROW, 1, 2)).applyTo(model);

        assertArrayEquals(new float[] {11}, model.forward(Tensor.of(ROW, 3, 4)).toArray());
        var problem = assertThrows(FormatException.class, () -> file("weight", floats(ROW, 1, 2))
                .applyTo(Linear.of(2, 1)));
        assertTrue(problem.getMessage().contains("\"bias\" [1] is missing: the file has this layer without a bias, as "
                + "Linear.withoutBias(2, 1) is"), problem.getMessage());
    }

    /** In PyTorch {@code affine=False}, {@code elementwise_affine=False} and {@code bias=False}. */
    @Test
    void normsWithoutLearnedParametersHaveOnesAndZeros() throws FormatException {
        var batch = BatchNorm1d.of(2);
        batch.weight().assign(Tensor.vector(7, 7));
        file("running_mean", floats(Shape.of(2), 1, 2), "running_var", floats(Shape.of(2), 4, 9)).applyTo(batch);
        var state = StateDict.of(batch);
        assertArrayEquals(new float[] {1, 1}, state.value("weight").toArray());
        assertArrayEquals(new float[] {0, 0}, state.value("bias").toArray());
        assertArrayEquals(new float[] {4, 9}, state.value("running_var").toArray());

        var layer = LayerNorm.of(2);
        layer.bias().assign(Tensor.vector(7, 7));
        file("weight", floats(Shape.of(2), 3, 4)).applyTo(layer);
        assertArrayEquals(new float[] {3, 4}, layer.weight().value().toArray());
        assertArrayEquals(new float[] {0, 0}, layer.bias().value().toArray());

        var without = file("weight", floats(Shape.of(2), 1, 1), "bias", floats(Shape.of(2), 0, 0));
        var problem = assertThrows(FormatException.class, () -> without.applyTo(BatchNorm1d.of(2)));
        assertTrue(problem.getMessage().contains("track_running_stats=False"), problem.getMessage());
    }

    @Test
    void statisticsAreNeverWrittenWithAMask() {
        var model = Sequential.of(Linear.of(2, 2), BatchNorm1d.of(2));
        for (var parameter : model.parameters().values()) {
            if (parameter.isTrainable()) {
                parameter.assignMask(Mask.of(parameter.shape(), i -> i == 0));
            }
        }
        var names = PyTorchFile.prunedNumbered(model).contents().tensors().keySet();
        assertEquals(Set.of("0.weight_orig", "0.weight_mask", "0.bias_orig", "0.bias_mask", "1.weight_orig",
                "1.weight_mask", "1.bias_orig", "1.bias_mask", "1.running_mean", "1.running_var",
                "1.num_batches_tracked"), names);
    }

    @Test
    void aPrefixOfAllNamesIsNamedAndTakenAway() throws FormatException {
        var file = file("module.fc1.weight", floats(ROW, 1, 2), "module.fc1.bias", floats(Shape.of(1), 3));
        var model = Sequential.of(Linear.of(2, 1));

        var problem = assertThrows(FormatException.class, () -> file.applyTo(model));
        assertTrue(problem.getMessage().endsWith("; all names of the file begin with \"module.\": "
                + "withoutPrefix(\"module.\") takes that away"), problem.getMessage());
        file.withoutPrefix("module.").applyTo(model);
        assertArrayEquals(new float[] {3}, StateDict.of(model).value("fc1.bias").toArray());
        assertThrows(FormatException.class, () -> file.withoutPrefix("model."));
    }

    @Test
    void theStatesOfACheckpointAreChosenByKey(@TempDir Path directory) throws IOException {
        var path = directory.resolve("checkpoint.pt");
        try (var in = PyTorchFileTest.class.getResourceAsStream("torch-two-states.pt")) {
            Files.copy(in, path);
        }
        var several = assertThrows(FormatException.class, () -> PyTorchFile.read(path));
        assertEquals(path + ": several states in it: choose one with PyTorchFile.read(path, key), of "
                + "\"model\" (2 tensors), \"ema\" (2 tensors)", several.getMessage());
        assertArrayEquals(new float[] {2, 4}, PyTorchFile.read(path, "ema").contents().raw("0.weight").toFloats());
        var none = assertThrows(FormatException.class, () -> PyTorchFile.read(path, "weights"));
        assertEquals(path + ": no state \"weights\" in it, only \"model\" (2 tensors), \"ema\" (2 tensors)",
                none.getMessage());
    }
}
