package org.espalier.nn.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.io.FormatException;
import org.espalier.io.SafeTensors;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Impute;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Tensor;
import org.espalier.trials.DamagedInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged model files. The checksum would refuse them all, so each gets a new length of its header and a new checksum:
 * what is tested is what a file may say that was written to do harm.
 */
@Tag("trials")
@Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelFuzzTest {
    private static final int LENGTH = 8;

    private static Sequential model() {
        var body = Sequential.of(Linear.of(4, 4), Activation.relu());
        var model = Sequential.of(Impute.of(Tensor.vector(0, 1, 2)), Linear.of(3, 4), BatchNorm1d.of(4),
                Residual.of(body), Linear.of(4, 2));
        model.initialize(Init.heNormal(), 5);
        var weight = model.parameters().values().stream().filter(one -> one.shape().rank() == 2).findFirst()
                .orElseThrow();
        weight.assignMask(Mask.of(weight.shape(), i -> i % 3 == 0));
        return model;
    }

    private static Schema schema() {
        return new Schema(
                List.of(new Schema.Column("age", List.of(), true),
                        new Schema.Column("job", List.of("clerk", "cook"), true),
                        new Schema.Column("x", List.of(), true)),
                new Target.Classes("kind", List.of("good", "bad")));
    }

    /** Version 3 plain and packed, and the older versions. */
    private static List<byte[]> files() throws IOException {
        var plain = ModelFile.of(model()).with(Schema.KEY, schema().toJson().compact()).with("note", "x");
        var all = new Packing(Layout.ALL, Encoding.codebook(3));
        var gaps = new Packing(Layout.GAPS, Encoding.intPerRow(4));
        return List.of(
                unwrapped(plain.toBytes()),
                unwrapped(plain.packed(gaps, Packing.NONE).toBytes()),
                unwrapped(plain.packed(all, new Packing(Layout.ALL, Encoding.bfloat16())).toBytes()),
                unwrapped(resource("model-version-1.safetensors")),
                unwrapped(resource("model-version-2.safetensors")));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ModelFuzzTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** The header in one line without its length and the checksum, then the data. */
    private static byte[] unwrapped(byte[] file) throws FormatException {
        byte[] plain = SafeTensors.toPlainBytes(SafeTensors.read(file));
        int length = (int) ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).getLong();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new String(plain, LENGTH, length, StandardCharsets.UTF_8).strip().getBytes(
                StandardCharsets.UTF_8));
        out.write('\n');
        out.write(plain, LENGTH + length, plain.length - LENGTH - length);
        return out.toByteArray();
    }

    private static byte[] wrapped(byte[] input) throws FormatException {
        int length = 0;
        while (length < input.length && input[length] != '\n') {
            length++;
        }
        var file = ByteBuffer.allocate(LENGTH + Math.max(length, input.length - 1)).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(length).put(input, 0, length);
        file.put(input, Math.min(length + 1, input.length), Math.max(0, input.length - length - 1));
        return SafeTensors.toBytes(SafeTensors.read(file.array(), Checksum.IGNORED));
    }

    @Test
    void aDamagedModelFileIsReadOrRefusedAndTakesLittleMemoryAndTime() throws Exception {
        new DamagedInputs<>("model file", bytes -> ModelFile.read(bytes), FormatException.class, read -> {
            // What was accepted can be written and says the same again.
            if (!Map.copyOf(ModelFile.read(read.toBytes()).metadata()).equals(read.metadata())) {
                throw new AssertionError("written file differs");
            }
        }).wrapped(ModelFuzzTest::wrapped).tryAll(files(), List.of());
    }

    @Test
    void aDamagedFileWithASchemaIsServedOrRefused() throws Exception {
        new DamagedInputs<>("model file with schema", bytes -> Predictor.load(bytes), FormatException.class, read -> {
            read.predict(new float[read.model().in()]);
        }).wrapped(ModelFuzzTest::wrapped).tryAll(files().subList(0, 3), List.of());
    }
}
