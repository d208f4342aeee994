package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Model files with packed parameters: version 2 of the format. */
class PackedModelFileTest {
    private static final Packing GAPS = new Packing(Layout.GAPS, Encoding.intPerRow(8));
    private static final Packing SMALLEST = new Packing(Layout.GAPS, Encoding.codebook(4));
    private static final Packing HALVES = new Packing(Layout.ALL, Encoding.bfloat16());

    /** A network of which the largest weights are kept. */
    private static Sequential pruned(int in, int hidden, int second, int out, int kept) {
        var model = Sequential.of(
                Linear.of(in, hidden), Activation.relu(), Linear.of(hidden, second), Activation.relu(),
                Linear.of(second, out));
        model.initialize(Init.heNormal(), 3);
        var weights = model.parameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().shape().rank() == 2)
                .map(Map.Entry::getValue)
                .toList();
        var all = new float[weights.stream().mapToInt(Parameter::size).sum()];
        int count = 0;
        for (var weight : weights) {
            for (float value : weight.value().toArray()) {
                all[count++] = Math.abs(value);
            }
        }
        Arrays.sort(all);
        float least = all[all.length - kept];
        for (var weight : weights) {
            float[] values = weight.value().toArray();
            weight.assignMask(Mask.of(weight.shape(), i -> Math.abs(values[i]) >= least));
        }
        return model;
    }

    private static ModelFile read(byte[] bytes) throws FormatException {
        return ModelFile.read(bytes, LayerKinds.standard());
    }

    @Test
    void theFileIsWorthWhatItsModelIsWorth() throws IOException {
        var model = pruned(20, 12, 8, 4, 90);
        for (var layout : Layout.values()) {
            for (var encoding : List.of(
                    Encoding.float32(), Encoding.bfloat16(), Encoding.intPerRow(8), Encoding.intPerRow(4),
                    Encoding.intPerTensor(8), Encoding.codebook(5))) {
                var file = ModelFile.of(model).with("seed", "3").packed(new Packing(layout, encoding), HALVES);
                var again = read(file.toBytes());

                assertEquals(StateDict.of(file.model()), StateDict.of(again.model()));
                assertTrue(again.packed().keySet().containsAll(file.packed().keySet()));
                assertArrayEquals(file.toBytes(), again.toBytes());
                assertEquals(Map.of("seed", "3"), again.metadata());
                model.parameters().forEach((name, parameter) -> assertEquals(parameter.mask(),
                        again.model().parameters().get(name).mask()));
            }
        }
    }

    @Test
    void theModelItWasMadeFromIsLeftAlone() {
        var model = pruned(20, 12, 8, 4, 90);
        var before = StateDict.of(model);

        var file = ModelFile.of(model).packed(GAPS, HALVES);

        assertEquals(before, StateDict.of(model));
        assertTrue(!StateDict.of(file.model()).equals(before));
        assertEquals(6, file.packed().size());
    }

    @Test
    void withoutAMaskWhatIsNotZeroIsKept() throws FormatException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(1, 4), 0, 2, 0, -1), Tensor.vector(5)));

        var loaded = read(ModelFile.of(model).packed(GAPS, Packing.NONE).toBytes()).model();

        var weight = loaded.parameters().get("fc1.weight");
        assertEquals(Mask.of(weight.shape(), i -> i % 2 == 1), weight.mask().orElseThrow());
    }

    @Test
    void codesOfAQuantizerAreKeptExactly() throws FormatException {
        var model = Sequential.of(Linear.of(6, 3));
        model.initialize(Init.heNormal(), 2);
        var codes = QuantizedMatrix.of(model.parameters().get("fc1.weight").value(), 4);

        var file = ModelFile.of(model).packed(Map.of("fc1.weight", PackedWeight.of(Layout.ALL, codes, i -> true)));
        var loaded = read(file.toBytes()).model();

        var weight = loaded.parameters().get("fc1.weight");
        assertArrayEquals(codes.dequantize().toArray(), weight.value().toArray());
        assertTrue(weight.mask().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> ModelFile.of(model)
                .packed(Map.of("fc2.weight", PackedWeight.of(Layout.ALL, codes, i -> true))));
    }

    @Test
    void anyReaderFindsTheTensors() throws IOException {
        var file = SafeTensors.read(ModelFile.of(pruned(20, 12, 8, 4, 90)).packed(GAPS, HALVES).toBytes());

        assertEquals("3", file.metadata("espalier.version"));
        assertEquals(DType.U8, file.raw("fc1.weight.gaps").dtype());
        assertEquals(DType.I8, file.raw("fc1.weight.codes").dtype());
        assertEquals(Shape.of(12), file.raw("fc1.weight.scales").shape());
        assertEquals(DType.BF16, file.raw("fc1.bias").dtype());
        assertTrue(file.metadata("espalier.packing").contains("\"fc1.weight\":\"gaps int8\""));
    }

    @Test
    void lenetTakesTwoBytesForEachKeptWeightAndLittleElse() {
        var atFourPercent = pruned(784, 300, 100, 10, 11_713);
        var atTwoPercent = pruned(784, 300, 100, 10, 5_324);

        int eightBits = ModelFile.of(atFourPercent).packed(GAPS, HALVES).toBytes().length;
        int fourBits = ModelFile.of(atTwoPercent).packed(SMALLEST, HALVES).toBytes().length;

        assertTrue(eightBits <= 26 * 1024, eightBits + " bytes");
        assertTrue(fourBits <= 12_500, fourBits + " bytes");
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsFound() {
        var bytes = ModelFile.of(pruned(3, 3, 2, 2, 9)).packed(GAPS, HALVES).toBytes();
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

    /** The file was written by version 2 and must load for ever. */
    @Test
    void aFileOfVersionTwoStillLoads() throws IOException {
        try (var in = PackedModelFileTest.class.getResourceAsStream("model-version-2.safetensors")) {
            var file = read(in.readAllBytes());

            // 127/64·2 + 0.25 (the other weight is masked) and 127/128·2 + 0.5·1 − 1, rectified, then their sum
            assertEquals(5.703125f, file.model().forward(Tensor.of(Shape.of(1, 2), 2, 1)).item());
            var mask = file.model().parameters().get("fc1.weight").mask().orElseThrow();
            assertEquals(Mask.of(Shape.of(2, 2), i -> i != 1), mask);
            assertEquals("gaps int8", file.packed().get("fc1.weight").packing().toString());
            assertEquals("bitmap codebook1", file.packed().get("fc2.weight").packing().toString());
            assertEquals("all bf16", file.packed().get("fc1.bias").packing().toString());
            assertEquals(Map.of("note", "gold"), file.metadata());
        }
    }

    private static void refused(String problem, BiConsumer<Map<String, RawTensor>, Map<String, String>> change)
            throws FormatException {
        var file = SafeTensors.read(ModelFile.of(pruned(20, 12, 8, 4, 90)).packed(GAPS, HALVES).toBytes());
        var tensors = new LinkedHashMap<>(file.tensors());
        var strings = new LinkedHashMap<>(file.metadata());
        change.accept(tensors, strings);
        var bytes = SafeTensors.toBytes(TensorFile.of(tensors, strings));
        var e = assertThrows(FormatException.class, () -> read(bytes));
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void packingsAndTheirTensorsMustBelongToTheModel() throws FormatException {
        var key = "espalier.packing";
        refused("no tensor \"fc1.weight\"", (tensors, strings) -> strings.remove(key));
        refused("nothing is packed", (tensors, strings) -> strings.put(key, "{}"));
        refused("\"gaps int9\" is none", (tensors, strings) -> strings.merge(
                key, "", (text, none) -> text.replace("gaps int8", "gaps int9")));
        refused("packed \"fc9.weight\" belongs to no layer", (tensors, strings) -> strings.merge(
                key, "", (text, none) -> text.replace("{", "{\"fc9.weight\":\"gaps int8\",")));
        refused("no tensor \"fc1.weight.gaps\"", (tensors, strings) -> tensors.remove("fc1.weight.gaps"));
        refused("\"fc1.weight.book\" belongs to no layer", (tensors, strings) -> tensors.put(
                "fc1.weight.book", RawTensor.of(Tensor.vector(1))));
        refused("\"fc1.weight.mask\" belongs to no layer", (tensors, strings) -> tensors.put(
                "fc1.weight.mask", RawTensor.ofBooleans(Shape.of(12, 20), new boolean[240])));
        refused("fc1.weight.gaps\" gaps: they end", (tensors, strings) -> tensors.put(
                "fc1.weight.gaps", RawTensor.ofInts(DType.U8, Shape.of(1), 250)));
        refused("\"fc1.bias\" is F32", (tensors, strings) -> tensors.put(
                "fc1.bias", RawTensor.of(Tensor.zeros(Shape.of(12)))));
    }

    /** A feature like a year, 2003 ± 6, keeps its meaning only if its mean and deviation keep their bits. */
    @Test
    void noLossyFormTouchesNormsOrPreprocessing() throws FormatException {
        var model = Sequential.of(BatchNorm1d.of(3), Linear.of(3, 8), LayerNorm.of(8), Activation.relu(),
                Linear.of(8, 2));
        model.initialize(Init.heNormal(), 3);
        model.forward(Rng.of(1).normal(Shape.of(50, 3), 6).plus(2003), Mode.training(Rng.of(2)));
        for (var layout : Layout.values()) {
            for (var encoding : List.of(Encoding.bfloat16(), Encoding.intPerRow(8), Encoding.intPerTensor(4),
                    Encoding.codebook(4))) {
                var lossy = new Packing(layout, encoding);
                var file = ModelFile.of(model).packed(lossy, lossy);
                var loaded = read(file.toBytes()).model().parameters();
                model.parameters().forEach((name, parameter) -> {
                    boolean dense = name.startsWith("fc");
                    boolean same = Arrays.equals(parameter.value().toArray(), loaded.get(name).value().toArray());
                    assertTrue(dense || same, lossy + " changed " + name);
                });
                assertEquals(Set.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"), file.packed().keySet());
            }
        }
    }

    @Test
    void aModelThatWasChangedAfterItWasPackedIsNotWrittenAsItWas() {
        var model = pruned(20, 12, 8, 4, 90);
        var file = ModelFile.of(model).packed(GAPS, HALVES);
        var weight = file.model().parameters().get("fc1.weight");
        weight.assign(weight.value().times(1.01f));

        var e = assertThrows(IllegalStateException.class, file::toBytes);
        assertTrue(e.getMessage().contains("fc1.weight was changed after it was packed"), e.getMessage());
    }

    @Test
    void aReadModelThatWasTrainedOnIsWrittenAsItIsNow() throws FormatException {
        var file = read(ModelFile.of(pruned(20, 12, 8, 4, 90)).packed(GAPS, HALVES).toBytes());
        var weight = file.model().parameters().get("fc1.weight");
        weight.assign(weight.value().times(1.01f));

        assertEquals(StateDict.of(file.model()), StateDict.of(read(file.toBytes()).model()));
    }

    @Test
    void namesThatWouldMeetAreRefused() {
        var file = ModelFile.of(Sequential.of(Linear.of(2, 2))).packed(GAPS, HALVES);

        assertEquals(Set.of("fc1.weight", "fc1.bias"), file.packed().keySet());
        assertThrows(IllegalArgumentException.class, () -> file.with("espalier.packing", "{}").toBytes());
    }

    @Test
    void aGarbledFileNeverThrowsAnythingElse() throws FormatException {
        var file = SafeTensors.read(ModelFile.of(pruned(20, 12, 8, 4, 90)).packed(GAPS, HALVES).toBytes());
        var rng = Rng.of(98);
        for (int round = 0; round < 2000; round++) {
            var tensors = new LinkedHashMap<>(file.tensors());
            var names = List.copyOf(tensors.keySet());
            var name = names.get(rng.nextInt(names.size()));
            var tensor = tensors.get(name);
            var bytes = new byte[tensor.byteCount()];
            tensor.bytes().get(bytes);
            bytes[rng.nextInt(bytes.length)] = (byte) rng.nextInt(256);
            tensors.put(name, RawTensor.ofBytes(tensor.dtype(), tensor.shape(), bytes));
            try {
                read(SafeTensors.toBytes(TensorFile.of(tensors, file.metadata())));
            } catch (FormatException e) {
                assertTrue(e.getMessage().startsWith("model bytes"), e.getMessage());
            }
        }
    }
}
