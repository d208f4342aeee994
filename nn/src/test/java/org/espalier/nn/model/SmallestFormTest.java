package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SmallestFormTest {
    /** Values that make files differ: ordinary ones, few different ones, bfloat16 numbers, zeros of both signs, NaN. */
    private static float value(SplittableRandom random, int kind) {
        return switch (kind) {
            case 0 -> (float) random.nextDouble(-1, 1);
            case 1 -> random.nextInt(5) / 4f;
            case 2 -> Float.intBitsToFloat(random.nextInt(0x30000000, 0x3F80_0000) & 0xFFFF0000);
            case 3 -> random.nextInt(3) == 0 ? 0 : (float) random.nextDouble();
            case 4 -> random.nextInt(3) == 0 ? -0f : (float) random.nextDouble();
            default -> random.nextInt(9) == 0
                    ? Float.intBitsToFloat(0x7FC00000 + random.nextInt(4))
                    : random.nextInt(5) == 0 ? -0f : (float) random.nextDouble();
        };
    }

    private static Layer model(SplittableRandom random) {
        var sizes = new int[3];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(60);
        }
        return Sequential.of(Linear.of(sizes[0], sizes[1]), BatchNorm1d.of(sizes[1]), Activation.relu(),
                Linear.of(sizes[1], sizes[2]));
    }

    private static long bytes(Layer model) {
        return ModelFile.of(model).toBytes().length;
    }

    /** The file of a masked model is never longer than that of the same model without its masks, and loses no bit. */
    @Test
    void aMaskedModelNeverTakesMoreBytesThanADenseOneAndLosesNothing() throws FormatException {
        for (long seed = 0; seed < 400; seed++) {
            var random = new SplittableRandom(seed);
            var model = model(random);
            var dense = Layers.copy(model);
            for (var parameter : model.parameters().entrySet()) {
                int kind = random.nextInt(6);
                double density = random.nextInt(4) == 0 ? 1 - random.nextInt(4) / 50.0 : random.nextDouble();
                var shape = parameter.getValue().shape();
                var values = new float[shape.size()];
                var keeps = new boolean[values.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(random, kind);
                    keeps[i] = random.nextDouble() < density;
                }
                parameter.getValue().assign(Tensor.of(shape, values));
                dense.parameters().get(parameter.getKey()).assign(Tensor.of(shape, values));
                if (parameter.getValue().isTrainable() && random.nextInt(4) > 0) {
                    parameter.getValue().assignMask(Mask.of(shape, keeps));
                }
            }
            var file = ModelFile.of(model).toBytes();
            long plain = ModelFile.of(dense).plain().toBytes().length;
            assertTrue(file.length <= plain, "seed " + seed + ": " + file.length + " bytes, dense " + plain);
            long plainMasked = ModelFile.of(model).plain().toBytes().length;
            assertTrue(plainMasked <= plain, "seed " + seed + ": " + plainMasked + " bytes, dense " + plain);

            assertLossless(model, ModelFile.read(file).model(), seed);
            assertLossless(model, ModelFile.read(ModelFile.of(model).plain().toBytes()).model(), seed);
            assertLossless(dense, ModelFile.read(ModelFile.of(dense).toBytes()).model(), seed);
        }
    }

    /** Every bit, and every mask that drops something. */
    private static void assertLossless(Layer model, Layer loaded, long seed) {
        var expected = StateDict.of(model).entries();
        var entries = StateDict.of(loaded).entries();
        assertEquals(expected.keySet(), entries.keySet());
        expected.forEach((name, entry) -> {
            float[] values = entry.value().toArray();
            float[] got = entries.get(name).value().toArray();
            for (int i = 0; i < values.length; i++) {
                assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(got[i]),
                        "seed " + seed + " " + name + " " + i);
            }
            assertEquals(Optional.ofNullable(Marks.mask(entry)), entries.get(name).mask(), "seed " + seed + " " + name);
        });
    }

    /** A kept weight takes four bytes and one for its place; the biases and the text take little. */
    @Test
    void aPrunedNetworkTakesLittleMoreThanItsKeptWeights() {
        var model = Sequential.of(Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(),
                Linear.of(100, 10));
        model.initialize(Init.heNormal(), 1);
        long dense = bytes(model);
        var random = new SplittableRandom(2);
        int kept = 0;
        for (var parameter : model.parameters().values()) {
            if (parameter.shape().rank() == 2) {
                parameter.assignMask(Mask.of(parameter.shape(), i -> random.nextInt(50) == 0));
                kept += parameter.mask().orElseThrow().kept();
            }
        }
        long rest = bytes(model) - 5L * kept;
        assertTrue(rest >= 0 && rest <= 3_000, rest + " bytes besides the weights");
        assertTrue(dense > 1_060_000, dense + " bytes");
    }

    @Test
    void valuesThatAreFewOrShortAreWrittenSo() {
        var shape = Shape.of(40, 50);
        var random = new SplittableRandom(3);
        var few = new StateDict.Entry(Tensor.of(shape, values(random, 1)), Optional.empty());
        assertEquals("all codebook3", SmallestForm.of("w", few).packing().toString());
        var halves = new StateDict.Entry(Tensor.of(shape, values(random, 2)), Optional.empty());
        assertEquals("all bf16", SmallestForm.of("w", halves).packing().toString());
        var mask = Mask.of(shape, i -> i % 9 == 0);
        var masked = new StateDict.Entry(mask.applyTo(few.value()), Optional.of(mask));
        assertEquals("gaps codebook3", SmallestForm.of("w", masked).packing().toString());
        var half = Mask.of(shape, i -> i % 2 == 0);
        var plain = new StateDict.Entry(Tensor.of(shape, values(random, 0)), Optional.empty());
        assertEquals(null, SmallestForm.of("w", plain));
        var cut = new StateDict.Entry(half.applyTo(plain.value()), Optional.of(half));
        assertEquals("bitmap f32", SmallestForm.of("w", cut).packing().toString());
    }

    private static float[] values(SplittableRandom random, int kind) {
        var values = new float[2_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(random, kind);
        }
        return values;
    }

    /** The packing of a parameter without a mask, or "plain". */
    private static String form(Shape shape, float[] values) {
        return form(new StateDict.Entry(Tensor.of(shape, values), Optional.empty()));
    }

    private static String form(StateDict.Entry entry) {
        var form = SmallestForm.of("w", entry);
        return form == null ? "plain" : form.packing().toString();
    }

    /** So many different numbers again and again, none of them +0 or a bfloat16 number. */
    private static float[] different(int length, int count) {
        var values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 1 + (i % count + 1) * 0x1p-20f;
        }
        return values;
    }

    @Test
    void aCodebookHas256ValuesOfWhichOneIsZero() {
        var shape = Shape.of(60, 60);
        assertEquals("all codebook8", form(shape, different(3_600, 255)));
        assertEquals("plain", form(shape, different(3_600, 256)));
        var zero = different(3_600, 255);
        zero[7] = 0;
        assertEquals("all codebook8", form(shape, zero));
        // -0 is a number of its own, which must come back as it is.
        zero[7] = -0f;
        assertEquals("plain", form(shape, zero));
        assertEquals("plain", form(Shape.of(3_600), different(3_600, 255)), "only matrices have codebooks");
        assertEquals("plain", form(shape, different(3_600, 3_600)));
    }

    @Test
    void equalValuesInAnotherOrderHaveTheSameCodebook() throws FormatException {
        var shape = Shape.of(60, 60);
        var values = different(3_600, 255);
        var turned = values.clone();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = values[values.length - 1 - i];
        }
        var books = new float[2][];
        for (int i = 0; i < 2; i++) {
            var entry = new StateDict.Entry(Tensor.of(shape, i == 0 ? values : turned), Optional.empty());
            var tensors = SmallestForm.of("w", entry).tensors("w").values();
            books[i] = tensors.stream().filter(tensor -> tensor.shape().size() == 256).findFirst().orElseThrow()
                    .toFloats();
        }
        assertArrayEquals(books[0], books[1]);
    }

    @Test
    void whatIsNotFiniteIsWrittenAsItIs() {
        var shape = Shape.of(50, 40);
        var values = new float[2_000];
        assertEquals("all bf16", form(Shape.of(2_000), filled(values, 1.5f)));
        values[9] = Float.POSITIVE_INFINITY;
        assertEquals("plain", form(Shape.of(2_000), values));
        assertEquals("plain", form(shape, values));
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 20 == 0 ? Float.NEGATIVE_INFINITY : 0;
        }
        assertEquals("gaps f32", form(shape, values));
    }

    private static float[] filled(float[] values, float value) {
        Arrays.fill(values, value);
        return values;
    }

    @Test
    void zerosThatNoMaskDropsAreLeftOutToo() {
        var shape = Shape.of(50, 40);
        var values = different(2_000, 2_000);
        assertEquals("plain", form(shape, values));
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 20 == 0 ? values[i] : 0;
        }
        assertEquals("gaps f32", form(shape, values));
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == 0 ? -0f : values[i];
        }
        assertEquals("all codebook7", form(shape, values), "100 numbers, +0 and -0 in 2,000 bytes and 128 values");
    }

    @Test
    void aMaskThatKeepsAllIsNone() {
        var shape = Shape.of(50, 40);
        var all = Optional.of(Mask.all(shape));
        assertEquals("plain", form(new StateDict.Entry(Tensor.of(shape, different(2_000, 2_000)), all)));
        assertEquals("all codebook3", form(new StateDict.Entry(Tensor.of(shape, different(2_000, 7)), all)));
    }

    /** What 64 characters for a tensor and 8 for a packing, each besides the names, come to. */
    @Test
    void theTextInTheHeaderIsCounted() {
        // Plain: 4n + 2 + 64. As bfloat16: 2n + 2 + 64, and 2 + 8 + 8 for "all bf16".
        assertEquals("plain", form("w2", Shape.of(9), filled(new float[9], 1.5f), false));
        assertEquals("all bf16", form("w2", Shape.of(10), filled(new float[10], 1.5f), false));

        // Plain: 8,000 + 1,000 + 64. The name is there four times for a bitmap that is no mask, otherwise three times.
        var name = "w".repeat(1_000);
        var values = different(2_000, 2_000);
        Arrays.fill(values, 1_300, 2_000, 0);
        assertEquals("bitmap f32", form(name, Shape.of(2_000), values, true));
        assertEquals("plain", form(name, Shape.of(2_000), values, false));
    }

    /** With a mask of what is not zero, or without one. */
    private static String form(String name, Shape shape, float[] values, boolean masked) {
        var value = Tensor.of(shape, values);
        var form = SmallestForm.of(name,
                new StateDict.Entry(value, masked ? Optional.of(Mask.nonZero(value)) : Optional.empty()));
        return form == null ? "plain" : form.packing().toString();
    }

    @Test
    void whatIsShortIsPlain() {
        assertEquals("plain", form(Shape.of(0, 3), new float[0]));
        assertEquals("plain", form(Shape.of(1, 1), new float[] {0}));
        assertEquals("plain", form(Shape.of(2, 2), new float[] {1, 0, 0, 1}));
        assertEquals("plain", form(Shape.of(8), new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
    }
}
