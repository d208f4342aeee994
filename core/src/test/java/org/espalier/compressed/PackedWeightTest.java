package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PackedWeightTest {
    private static final Tensor SMALL = Tensor.of(Shape.of(2, 3), 0, 127, -2, 0, 0, 0.5f);

    private static List<Packing> all() {
        var all = new ArrayList<Packing>();
        for (var layout : Layout.values()) {
            for (var encoding : EncodingTest.all()) {
                all.add(new Packing(layout, encoding));
            }
        }
        return all;
    }

    private static PackedWeight.Source in(Map<String, RawTensor> tensors) {
        return name -> {
            var tensor = tensors.get(name);
            if (tensor == null) {
                throw new FormatException("test", "no " + name);
            }
            return tensor;
        };
    }

    private static PackedWeight pack(String packing, Tensor weight) throws FormatException {
        float[] elements = weight.toArray();
        return PackedWeight.of(Packing.parse(packing), weight, i -> elements[i] != 0);
    }

    private static byte[] bytes(RawTensor tensor) {
        var bytes = new byte[tensor.byteCount()];
        tensor.bytes().get(bytes);
        return bytes;
    }

    @Test
    void gapsAndEightBitsTakeTwoBytesForEachKeptWeight() throws FormatException {
        var packed = pack("gaps int8", SMALL);
        var tensors = packed.tensors("w");

        assertEquals(Set.of("w.gaps", "w.codes", "w.scales"), tensors.keySet());
        assertArrayEquals(new byte[] {1, 0, 2}, bytes(tensors.get("w.gaps")));
        // The scales are 127/127 and 0.5/127 = 1.00787/256, rounded up to the bfloat16 1.015625/256; 0.5 is 126.03 of
        // it.
        assertArrayEquals(new byte[] {127, -2, 126}, bytes(tensors.get("w.codes")));
        assertEquals(DType.I8, tensors.get("w.codes").dtype());
        assertEquals(DType.BF16, tensors.get("w.scales").dtype());
        float scale = 1.015625f / 256;
        assertArrayEquals(new float[] {1, scale}, tensors.get("w.scales").toFloats());
        assertArrayEquals(new float[] {0, 127, -2, 0, 0, 126 * scale}, packed.toTensor().toArray());
        assertEquals(3 + 3 + 4, packed.bytes());
        assertEquals(3, packed.entries());
    }

    @Test
    void bitmapsAndFourBitsArePackedFromTheLowestBit() throws FormatException {
        var tensors = pack("bitmap int4", Tensor.of(Shape.of(2, 3), 0, 7, -2, 0, 0, 14)).tensors("w");

        assertArrayEquals(new byte[] {0b100110}, bytes(tensors.get("w.bitmap")));
        // 7, −2 = 14 of four bits; 7
        assertArrayEquals(new byte[] {(byte) 0xE7, 7}, bytes(tensors.get("w.codes")));
        assertArrayEquals(new float[] {1, 2}, tensors.get("w.scales").toFloats());
    }

    @Test
    void codebooksNumberTheirValues() throws FormatException {
        var tensors = pack("gaps codebook2", Tensor.of(Shape.of(1, 5), 3, -1, 0, 3, 8)).tensors("w");

        assertArrayEquals(new float[] {0, -1, 3, 8}, tensors.get("w.book").toFloats());
        assertArrayEquals(new byte[] {(byte) (2 | 1 << 2 | 2 << 4 | 3 << 6)}, bytes(tensors.get("w.codes")));
    }

    @Test
    void aCodebookOfBfloat16NumbersTakesTwoBytesForEach() throws FormatException {
        var halves = Tensor.of(Shape.of(1, 5), 3, -1, 0, 3, 8);
        var floats = Tensor.of(Shape.of(1, 5), 3, -1, 0, 3, 8.001f); // 8.001 needs more than 8 bits of significand
        for (var weight : List.of(halves, floats)) {
            var packed = pack("gaps codebook2", weight);
            var tensors = packed.tensors("w");
            assertEquals(weight == halves ? DType.BF16 : DType.F32, tensors.get("w.book").dtype());
            // four gaps, four codes of two bits, four values
            assertEquals(4 + 1 + (weight == halves ? 8 : 16), packed.bytes());
            var read = PackedWeight.read(packed.packing(), "w", weight.shape(), in(tensors));
            assertArrayEquals(weight.toArray(), read.toTensor().toArray());
        }
    }

    @Test
    void aWholeWeightOfFloatsIsTheTensorItself() throws FormatException {
        var tensors = PackedWeight.of(Packing.parse("all bf16"), SMALL, i -> true).tensors("w");

        assertEquals(Set.of("w"), tensors.keySet());
        assertEquals(Shape.of(2, 3), tensors.get("w").shape());
        assertEquals(DType.BF16, tensors.get("w").dtype());
    }

    @Test
    void everyPackingReadsBackWhatItSaysItStandsFor() throws FormatException {
        for (var shape : List.of(Shape.of(9, 70), Shape.of(3, 1), Shape.of(11), Shape.of(0, 4), Shape.of(2, 3, 2))) {
            float[] values = Rng.of(4).normal(shape, 1).toArray();
            var weight = Rng.of(4).normal(shape, 1);
            for (var packing : all()) {
                var packed = PackedWeight.of(packing, weight, i -> values[i] > 0.3f);
                var again = PackedWeight.read(packing, "w", shape, in(packed.tensors("w")));

                assertArrayEquals(packed.toTensor().toArray(), again.toTensor().toArray(), packing.toString());
                assertArrayEquals(packed.written(), again.written());
                assertEquals(packed.tensors("w"), again.tensors("w"));
                assertEquals(packed.toString(), again.toString());
                for (int i = 0; i < values.length; i++) {
                    boolean kept = values[i] > 0.3f;
                    assertTrue(packing.layout() == Layout.ALL || kept == packed.written()[i]);
                    assertTrue(kept || packed.toTensor().toArray()[i] == 0, packing + " element " + i);
                }
            }
        }
    }

    @Test
    void errorsAreThoseOfTheEncoding() throws FormatException {
        var weight = Rng.of(8).normal(Shape.of(20, 50), 1);
        float[] exact = weight.toArray();
        float[] largest = new float[20];
        for (int i = 0; i < exact.length; i++) {
            largest[i / 50] = Math.max(largest[i / 50], Math.abs(exact[i]));
        }
        float[] floats = PackedWeight.of(Packing.parse("gaps f32"), weight, i -> true).toTensor().toArray();
        float[] halves = PackedWeight.of(Packing.parse("gaps bf16"), weight, i -> true).toTensor().toArray();
        float[] eight = PackedWeight.of(Packing.parse("gaps int8"), weight, i -> true).toTensor().toArray();
        float[] four = PackedWeight.of(Packing.parse("all int4"), weight, i -> true).toTensor().toArray();
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], floats[i]);
            assertEquals(exact[i], halves[i], Math.abs(exact[i]) * 0x1p-8);
            // Half a scale, and a scale is the largest magnitude over the largest code, rounded up to a bfloat16.
            assertEquals(exact[i], eight[i], largest[i / 50] / 127 / 2 * 1.01);
            assertEquals(exact[i], four[i], largest[i / 50] / 7 / 2 * 1.01);
        }
    }

    @Test
    void codesThatAreThereAreKeptExactly() throws FormatException {
        var weight = Rng.of(9).normal(Shape.of(6, 40), 1);
        var integers = QuantizedMatrix.of(weight, 8);
        var codebook = CodebookMatrix.of(weight, 13);
        for (var codes : List.of(integers, codebook)) {
            for (var layout : Layout.values()) {
                var packed = PackedWeight.of(layout, codes, i -> true);
                var again = PackedWeight.read(packed.packing(), "w", Shape.of(6, 40), in(packed.tensors("w")));

                assertArrayEquals(codes.dequantize().toArray(), again.toTensor().toArray());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> PackedWeight.of(Layout.GAPS, integers, i -> i != 3));
    }

    private interface Change {
        void apply(Map<String, RawTensor> tensors);
    }

    private static void refused(String packing, String problem, Change change) throws FormatException {
        var tensors = new LinkedHashMap<>(pack(packing, SMALL).tensors("w"));
        change.apply(tensors);
        var e = assertThrows(
                FormatException.class,
                () -> PackedWeight.read(Packing.parse(packing), "w", Shape.of(2, 3), in(tensors)));
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    private static RawTensor u8(int... bytes) {
        return RawTensor.ofInts(DType.U8, Shape.of(bytes.length), bytes);
    }

    @Test
    void tensorsThatDoNotFitAreRefusedByName() throws FormatException {
        refused("gaps int8", "no w.gaps", tensors -> tensors.remove("w.gaps"));
        refused("gaps int8", "\"w.gaps\" gaps: they end at element 9", tensors -> tensors.put("w.gaps", u8(1, 0, 6)));
        refused("gaps int8", "\"w.codes\" is I8 [3]", tensors -> tensors.put("w.gaps", u8(1, 0)));
        refused("gaps int8", "\"w.scales\" is", tensors -> tensors.put("w.scales", u8(1, 0)));
        refused("gaps int8", "has the scale NaN", tensors -> tensors.put(
                "w.scales", RawTensor.ofFloats(DType.F32, Shape.of(2), 1, Float.NaN)));
        refused("gaps int8", "has the scale -1", tensors -> tensors.put(
                "w.scales", RawTensor.ofFloats(DType.F32, Shape.of(2), 1, -1)));
        refused("bitmap int8", "bits beyond its 6", tensors -> tensors.put("w.bitmap", u8(0b1000011)));
        refused("bitmap int8", "\"w.bitmap\" is", tensors -> tensors.put("w.bitmap", u8(1, 2)));
        refused("gaps int4", "bits beyond its 3", tensors -> tensors.put("w.codes", u8(1, 16)));
        refused("gaps codebook4", "has the value Infinity", tensors -> tensors.put(
                "w.book", RawTensor.ofFloats(DType.F32, Shape.of(16), bookWith(Float.POSITIVE_INFINITY))));
        refused("all f32", "\"w\" is", tensors -> tensors.put("w", u8(1)));
    }

    private static float[] bookWith(float last) {
        var book = new float[16];
        book[15] = last;
        return book;
    }

    @Test
    void nothingIsAllocatedForSizesThatTheBytesDoNotVouchFor() {
        var huge = Shape.of(40_000, 50_000);
        var tensors = Map.of("w.gaps", u8(1), "w.bitmap", u8(1), "w.codes", u8(1), "w.scales", u8(1), "w", u8(1));
        for (var packing : all()) {
            assertThrows(FormatException.class, () -> PackedWeight.read(packing, "w", huge, in(tensors)));
        }
    }
}
