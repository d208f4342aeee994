package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.trials.DamagedInputs.Parser;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Flips every bit of files of about 4 KiB, and cuts them at every length: the checksum finds it. */
@Tag("trials")
class EveryBitTest {
    /** Hidden neurons of the packed models, which take a byte for a weight. */
    private static final int PACKED = 135;

    @TempDir
    private Path folder;

    /** A file, and what reads it. */
    private record Case(String name, byte[] file, Parser<?> reader) {}

    private static Sequential model(int hidden, boolean masked) {
        var model = Sequential.of(Linear.of(12, hidden), Activation.relu(), Linear.of(hidden, 5));
        model.initialize(Init.heNormal(), 4);
        if (masked) {
            var weight = model.parameters().get("fc1.weight");
            weight.assignMask(Mask.of(weight.shape(), i -> i % 3 == 0));
        }
        return model;
    }

    private static Map<String, String> strings(TensorFile file, String version) {
        var strings = new LinkedHashMap<>(file.metadata());
        strings.put("espalier.version", version);
        return strings;
    }

    /** Version 1 has the bare tensors, and masks as tensors of their own. */
    private static byte[] version1() throws FormatException {
        var model = model(46, false);
        var tensors = new LinkedHashMap<String, RawTensor>();
        model.parameters().forEach((name, parameter) -> tensors.put(name, RawTensor.of(parameter.value())));
        var mask = new boolean[46 * 5];
        Arrays.fill(mask, 0, 100, true);
        tensors.put("fc2.weight.mask", RawTensor.ofBooleans(Shape.of(5, 46), mask));
        var strings = strings(SafeTensors.read(ModelFile.of(model).toBytes()), "1");
        strings.remove("espalier.packing");
        strings.remove("espalier.marks");
        return SafeTensors.toBytes(TensorFile.of(tensors, strings));
    }

    /** Version 2 has packed tensors. */
    private static byte[] version2() throws FormatException {
        var file = SafeTensors.read(packed(PACKED));
        var strings = strings(file, "2");
        strings.remove("espalier.marks");
        return SafeTensors.toBytes(TensorFile.of(file.tensors(), strings));
    }

    private static byte[] packed(int hidden) {
        return ModelFile.of(model(hidden, true))
                .packed(new Packing(Layout.GAPS, Encoding.intPerRow(8)), new Packing(Layout.ALL, Encoding.bfloat16()))
                .toBytes();
    }

    private byte[] checkpoint() throws IOException {
        var file = folder.resolve("checkpoint.safetensors");
        var rows = Dataset.of(Rng.of(1).normal(Shape.of(8, 12), 1), Rng.of(2).normal(Shape.of(8, 5), 1));
        Trainer.of(model(8, true), Loss.meanSquaredError(), Optimizer.adam(0.01f)).epochs(1).checkpoint(file).fit(rows);
        return Files.readAllBytes(file);
    }

    private Stream<Case> cases() throws IOException {
        var plain = TensorFile.of(
                Map.of("w", RawTensor.of(Rng.of(3).normal(Shape.of(30, 30), 1)),
                        "step", RawTensor.ofLongs(DType.I64, Shape.of(), 7)),
                Map.of("note", "plain"));
        Parser<?> checked = bytes -> SafeTensors.read(bytes, Checksum.REQUIRED);
        Parser<?> model = bytes -> ModelFile.read(bytes);
        return Stream.of(
                new Case("safetensors", SafeTensors.toBytes(plain), checked),
                new Case("model file, version 1", version1(), model),
                new Case("model file, version 2", version2(), model),
                new Case("model file, version 3", ModelFile.of(model(76, true)).toBytes(), model),
                new Case("model file, version 3, packed", packed(PACKED), model),
                // As Checkpoint.read reads a file, without writing it 30,000 times.
                new Case("checkpoint", checkpoint(), checked));
    }

    @TestFactory
    Stream<DynamicTest> everyFlippedBitAndEveryTruncationIsFound() throws IOException {
        return cases().map(one -> DynamicTest.dynamicTest(one.name, () -> {
            one.reader.read(one.file);
            assertTrue(one.file.length > 3_600 && one.file.length < 5_000, one.file.length + " bytes");
            Trials.of(Promise.FLIPPED_BITS, one.name).run(trials -> flip(one, trials));
            Trials.of(Promise.TRUNCATIONS, one.name).run(trials -> cut(one, trials));
        }));
    }

    private static void flip(Case one, Trials trials) throws Exception {
        byte[] damaged = one.file.clone();
        for (int bit = 0; bit < 8 * damaged.length; bit++) {
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(one, damaged, "bit " + bit);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            trials.add(1);
        }
    }

    private static void cut(Case one, Trials trials) throws Exception {
        for (int length = 0; length < one.file.length; length++) {
            assertRefused(one, Arrays.copyOf(one.file, length), "length " + length);
            trials.add(1);
        }
    }

    private static void assertRefused(Case one, byte[] damaged, String place) throws Exception {
        try {
            one.reader.read(damaged);
        } catch (FormatException e) {
            return;
        }
        throw new AssertionError(one.name + " was read with a change at " + place);
    }
}
