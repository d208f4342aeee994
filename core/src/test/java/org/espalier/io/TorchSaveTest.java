package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote: see {@code make_torch.py} beside them for what they hold. */
class TorchSaveTest {

    static byte[] resource(String name) throws IOException {
        try (var in = TorchSaveTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static TensorFile only(String name) throws IOException {
        var states = TorchSave.read(resource(name));
        assertEquals(List.of(""), List.copyOf(states.keySet()));
        return states.get("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-kinds.pt", "torch-kinds-legacy.pt", "torch-kinds-protocol4.pt"})
    void everyTypeAndEveryViewIsRead(String name) throws IOException {
        TensorFile file = only(name);
        assertEquals(List.of("f32", "f64", "f16", "bf16", "i64", "i32", "i16", "i8", "u8", "bool", "scalar", "empty",
                "complex", "whole", "transposed", "row", "column", "flipped", "parameter", "one"),
                List.copyOf(file.tensors().keySet()));
        assertArrayEquals(new float[] {1, -2, 0.5f, 0}, file.raw("f32").toFloats());
        assertEquals(Shape.of(2, 2), file.raw("f32").shape());
        assertArrayEquals(new double[] {1e300, -2}, file.raw("f64").toDoubles());
        assertArrayEquals(new float[] {1.5f, 65504}, file.raw("f16").toFloats());
        assertEquals(DType.BF16, file.raw("bf16").dtype());
        assertArrayEquals(new float[] {1.5f, -256}, file.raw("bf16").toFloats());
        assertArrayEquals(new long[] {1L << 40, -1}, file.raw("i64").toLongs());
        assertArrayEquals(new int[] {7, -8}, file.raw("i32").toInts());
        assertArrayEquals(new int[] {300, -300}, file.raw("i16").toInts());
        assertArrayEquals(new int[] {-128, 127}, file.raw("i8").toInts());
        assertArrayEquals(new int[] {0, 255}, file.raw("u8").toInts());
        assertArrayEquals(new boolean[] {true, false}, file.raw("bool").toBooleans());
        assertEquals(Shape.of(), file.raw("scalar").shape());
        assertArrayEquals(new float[] {3.25f}, file.raw("scalar").toFloats());
        assertEquals(Shape.of(0, 4), file.raw("empty").shape());
        assertEquals(DType.C64, file.raw("complex").dtype());
        assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, file.raw("whole").toFloats());
        assertEquals(Shape.of(3, 2), file.raw("transposed").shape());
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, file.raw("transposed").toFloats());
        assertArrayEquals(new float[] {3, 4, 5}, file.raw("row").toFloats());
        assertArrayEquals(new float[] {1, 4}, file.raw("column").toFloats());
        // element [i, j, k] is the element [j, k, i] of an array [2, 3, 4] that counts up
        assertEquals(Shape.of(4, 2, 3), file.raw("flipped").shape());
        float[] flipped = file.raw("flipped").toFloats();
        for (int i = 0; i < 24; i++) {
            assertEquals(12 * (i / 3 % 2) + 4 * (i % 3) + i / 6, flipped[i]);
        }
        assertArrayEquals(new float[] {5}, file.raw("parameter").toFloats());
        assertArrayEquals(new float[] {2}, file.raw("one").toFloats());
    }

    @Test
    void theStatesOfACheckpointAreFoundByTheirKeys() throws IOException {
        var checkpoint = TorchSave.read(resource("torch-checkpoint.pt"));
        assertEquals(List.of("nested.model"), List.copyOf(checkpoint.keySet()));
        assertArrayEquals(new float[] {1, 2}, checkpoint.get("nested.model").raw("0.weight").toFloats());
        var two = TorchSave.read(resource("torch-two-states.pt"));
        assertEquals(List.of("model", "ema"), List.copyOf(two.keySet()));
        assertArrayEquals(new float[] {2, 4}, two.get("ema").raw("0.weight").toFloats());
        assertArrayEquals(new float[] {6}, two.get("ema").raw("0.bias").toFloats());
        assertEquals(Map.of(), TorchSave.read(resource("torch-list.pt")));
        assertArrayEquals(new float[] {4}, only("torch-attributes.pt").raw("w").toFloats());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "torch-namespace.pt|it has argparse.Namespace, which is code and is never run here",
        "torch-script.pt|a TorchScript program, which is code",
        "torch-expanded.pt|it makes objects of more than"
    })
    void whatIsNotDataIsRefusedByName(String name, String complaint) throws IOException {
        byte[] file = resource(name);
        var refusal = assertThrows(FormatException.class, () -> TorchSave.read(file));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-kinds.pt", "torch-kinds-legacy.pt", "torch-checkpoint.pt"})
    void aFileThatIsCutOffIsRefused(String name) throws IOException {
        byte[] file = resource(name);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(FormatException.class, () -> TorchSave.read(cut), "length " + length);
        }
    }

    @Test
    void aFileOnDiskIsNamed(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("m.pt");
        Files.write(path, resource("torch-attributes.pt"));
        assertEquals(List.of(""), List.copyOf(TorchSave.read(path).keySet()));
        Files.write(path, resource("torch-namespace.pt"));
        assertTrue(assertThrows(FormatException.class, () -> TorchSave.read(path)).getMessage()
                .startsWith(path.toString()));
    }

    /** An archive as PyTorch writes it, with a pickle of the test's choice and one storage "0" of three floats. */
    private static byte[] archive(byte[] pickle) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var member : List.of(Map.entry("m/data.pkl", pickle), Map.entry("m/data/0", new byte[12]))) {
                var entry = new ZipEntry(member.getKey());
                var crc = new CRC32();
                crc.update(member.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(member.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(member.getValue());
            }
        }
        return out.toByteArray();
    }

    /** The pickle of {@code {"w": tensor}} with these sizes and strides, given as the instructions that push them. */
    private static byte[] tensor(String offset, String sizes, String strides) {
        String pickle =
                "\u0080\u0002}X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
                        + "X\1\0\0\0" + "0X\3\0\0\0cpuK\3tQ" + offset + "(" + sizes + "t(" + strides + "t\u0089}tRs.";
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aHandMadeFileIsRead() throws IOException {
        var states = TorchSave.read(archive(tensor("K\0", "K\3", "K\1")));
        assertEquals(Shape.of(3), states.get("").raw("w").shape());
        assertEquals(Shape.of(2, 2),
                TorchSave.read(archive(tensor("K\0", "K\2K\2", "K\1K\1"))).get("").raw("w").shape());
        assertEquals(Shape.of(0), TorchSave.read(archive(tensor("K\3", "K\0", "K\1"))).get("").raw("w").shape());
    }

    @ParameterizedTest
    @CsvSource({
        "K\\0, K\\4, K\\1, reaches beyond the 12 bytes", "K\\1, K\\3, K\\1, reaches beyond",
        "K\\0, K\\2, K\\3, reaches beyond", "K\\4, K\\0, K\\1, reaches beyond",
        "K\\0, K\\2K\\2, K\\1, 1 strides for 2 sizes", "J\\377\\377\\377\\377, K\\1, K\\1, -1",
        "K\\0, J\\377\\377\\377\\377, K\\1, not an integer of at least 0",
        "K\\0, K\\2, J\\377\\377\\377\\377, not an integer of at least 0",
        "K\\0, K\\2, '\u008a\\10\\377\\377\\377\\377\\377\\377\\377\\177', reaches beyond",
        "K\\0, '\u008a\\5\\0\\0\\0\\0\\1', K\\0, a tensor of size 4294967296",
        "K\\0, J\\377\\377\\377\\177J\\377\\377\\377\\177, K\\0K\\0, more than 2^31 - 1 elements",
        "K\\0, J\\377\\377\\377\\177, K\\0, does not fit", "K\\0, J\\0\\0\\0\\10, K\\0, it makes objects",
        "K\\0, G\\0\\0\\0\\0\\0\\0\\0\\0, K\\1, not an integer"
    })
    void aTensorThatIsNotInTheFileIsRefused(String offset, String sizes, String strides, String complaint)
            throws IOException {
        byte[] file = archive(tensor(offset.translateEscapes(), sizes.translateEscapes(), strides.translateEscapes()));
        var refusal = assertThrows(FormatException.class, () -> TorchSave.read(file));
        assertTrue(complaint.equals("-1") || refusal.getMessage().contains(complaint), refusal.getMessage());
        long allocated = Allocation.of(() -> TorchSave.read(file));
        assertTrue(allocated <= Allocation.allowed(file.length), allocated + " bytes");
    }

    @Test
    void dictionariesInsideOneAnotherAreWalkedWithoutRecursion() throws IOException {
        byte[] deep = ("\u0080\u0002" + "}X\1\0\0\0a".repeat(20_000) + "N" + "s".repeat(20_000) + ".")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(FormatException.class, () -> TorchSave.read(archive(deep)));
        byte[] lists = ("\u0080\u0002" + "]".repeat(3_000) + "a".repeat(2_999) + ".")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Map.of(), TorchSave.read(archive(lists)));
        byte[] itself = "\u0080\u0002}q\0X\1\0\0\0ah\0s.".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Map.of(), TorchSave.read(archive(itself)));
    }

    @Test
    void namesOfTheFormatAreOnlyNames() throws IOException {
        byte[] pickle = new String(tensor("K\0", "K\3", "K\1"), StandardCharsets.ISO_8859_1)
                .replace("X\1\0\0\0w", "X\14\0\0\0__metadata__").getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(List.of("__metadata__"), List.copyOf(TorchSave.read(archive(pickle)).get("").tensors().keySet()));
    }
}
