package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

    private static final RawTensor ARRAY = RawTensor.ofInts(DType.I16, Shape.of(3), 1, -2, 3);

    @TempDir
    private Path directory;

    /** A compressed archive with these entries, under names of the test's choice. */
    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-compressed.npz"})
    void anArchiveThatNumPyWroteIsRead(String name) throws IOException {
        byte[] archive;
        try (var in = NpzTest.class.getResourceAsStream(name)) {
            archive = in.readAllBytes();
        }
        Map<String, RawTensor> arrays = Npz.read(archive).arrays();
        assertEquals(List.of("w", "step", "mask", "f"), List.copyOf(arrays.keySet()));
        assertArrayEquals(new float[] {1, -2, 0.5f, 0, Float.POSITIVE_INFINITY, 3}, arrays.get("w").toFloats());
        assertEquals(Shape.of(2, 3), arrays.get("w").shape());
        assertArrayEquals(new long[] {7}, arrays.get("step").toLongs());
        assertArrayEquals(new boolean[] {true, false}, arrays.get("mask").toBooleans());
        var counting = new int[24];
        Arrays.setAll(counting, i -> i);
        assertArrayEquals(counting, arrays.get("f").toInts());
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThrows(FormatException.class, () -> Npz.read(cut), "length " + length);
        }
    }

    @Test
    void whatIsWrittenIsReadAndWrittenAgainByteForByte() throws IOException {
        var random = new SplittableRandom(9);
        DType[] types = Arrays.stream(DType.values()).filter(type -> !type.npy().isEmpty()).toArray(DType[]::new);
        for (int round = 0; round < 200; round++) {
            var arrays = new LinkedHashMap<String, RawTensor>();
            for (int i = random.nextInt(5); i > 0; i--) {
                arrays.put("\u03b2/../" + i, RandomFiles.tensor(random, types[random.nextInt(types.length)]));
            }
            byte[] archive = Npz.toBytes(arrays);
            assertEquals(arrays, Npz.read(archive).arrays());
            assertArrayEquals(archive, Npz.toBytes(Npz.read(archive).arrays()));
        }
    }

    @Test
    void aFileOnDiskHasTheBytesOfTheFileInMemory() throws IOException {
        Path path = directory.resolve("a.npz");
        Npz.write(path, Map.of("a", ARRAY));
        assertArrayEquals(Npz.toBytes(Map.of("a", ARRAY)), Files.readAllBytes(path));
        assertEquals(Map.of("a", ARRAY), Npz.read(path).arrays());
    }

    @Test
    void namesAreOnlyNames() throws IOException {
        byte[] array = Npy.toBytes(ARRAY);
        Map<String, RawTensor> read = Npz.read(zip(Map.of("../../etc/passwd.npy", array))).arrays();
        assertEquals(Map.of("../../etc/passwd", ARRAY), read);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aDamagedArrayIsRefusedByName() throws IOException {
        byte[] good = Npy.toBytes(ARRAY);
        byte[] half = Arrays.copyOf(good, 20);
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        for (var bad : Map.of("longer.npy", longer, "short.npy", half, "empty.npy", new byte[0]).entrySet()) {
            byte[] archive = zip(Map.of(bad.getKey(), bad.getValue()));
            var refusal = assertThrows(FormatException.class, () -> Npz.read(archive));
            assertTrue(refusal.source().endsWith("!" + bad.getKey()), refusal.getMessage());
        }
    }

    /** Made by NumPy: see the README beside them. */
    @ParameterizedTest
    @ValueSource(strings = {"numpy-streamed.npz", "numpy-streamed-compressed.npz", "numpy-mixed.npz"})
    void whatIsNoNumberIsSkippedAndNamedAndTheRestIsRead(String name) throws IOException {
        byte[] archive;
        try (var in = NpzTest.class.getResourceAsStream(name)) {
            archive = in.readAllBytes();
        }
        Npz npz = Npz.read(archive);
        assertArrayEquals(new float[] {1, 2, 3}, npz.array("a").toFloats());
        assertArrayEquals(new int[] {4, 5}, npz.array("b").toInts());
        if (name.contains("mixed")) {
            assertEquals(Map.of("names", "elements of type '<U5'", "objects", "an array of Python objects (pickle)",
                    "rows", "an array of structures", "z", "elements of type '<c16'", "README.txt", "no array"),
                    npz.skipped());
            var refusal = assertThrows(FormatException.class, () -> npz.array("names"));
            assertEquals("NPZ bytes: \"names\" is not read: elements of type '<U5'", refusal.getMessage());
        } else {
            assertEquals(Map.of(), npz.skipped());
        }
        var refusal = assertThrows(FormatException.class, () -> npz.array("c"));
        assertEquals("NPZ bytes: no array \"c\" among a, b", refusal.getMessage());
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThrows(FormatException.class, () -> Npz.read(cut), "length " + length);
        }
    }

    @Test
    void aCommentAtTheEndIsNoMatter() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setComment("made on a Tuesday, PK\5\6 and all");
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(Npy.toBytes(ARRAY));
        }
        assertEquals(Map.of("a", ARRAY), Npz.read(out.toByteArray()).arrays());
    }

    @Test
    void anArchiveWithoutArraysIsNoNpz() throws IOException {
        byte[] archive = zip(Map.of("note.txt", new byte[3]));
        var refusal = assertThrows(FormatException.class, () -> Npz.read(archive));
        assertTrue(refusal.getMessage().contains("expected a zip of NumPy arrays (.npz), but this is a zip archive"),
                refusal.getMessage());
    }

    @Test
    void theSameNameTwiceIsRefused() throws IOException {
        byte[] array = Npy.toBytes(ARRAY);
        byte[] archive = zip(Map.of("a.npy", array, "b.npy", array));
        for (int i = 0; i < archive.length - 4; i++) {
            if (archive[i] == 'b' && archive[i + 1] == '.' && archive[i + 2] == 'n') {
                archive[i] = 'a';
            }
        }
        var refusal = assertThrows(FormatException.class, () -> Npz.read(archive));
        assertTrue(refusal.getMessage().contains("appears twice"), refusal.getMessage());
    }

    @Test
    void aBombIsRefusedWithoutInflatingIt() throws IOException {
        byte[] array = Npy.toBytes(ARRAY);
        byte[] bomb = zip(Map.of("bomb.npy", Arrays.copyOf(array, 50_000_000)));
        assertThrows(FormatException.class, () -> Npz.read(bomb));
        long allocated = Allocation.of(() -> Npz.read(bomb));
        assertTrue(allocated <= Allocation.allowed(bomb.length), allocated + " bytes");
    }

    @Test
    void anythingAfterTheArchiveOrMissingFromItIsRefused() {
        byte[] archive = Npz.toBytes(Map.of("a", ARRAY));
        assertThrows(FormatException.class, () -> Npz.read(Arrays.copyOf(archive, archive.length + 1)));
        assertThrows(FormatException.class, () -> Npz.read(new byte[22]));
        byte[] miscounted = archive.clone();
        miscounted[archive.length - 22 + 10]++;
        var refusal = assertThrows(FormatException.class, () -> Npz.read(miscounted));
        assertTrue(refusal.getMessage().contains("says 2"), refusal.getMessage());
    }

    @Test
    void everyFlippedBitOfAnArrayIsDetected() {
        byte[] archive = Npz.toBytes(Map.of("a", ARRAY));
        int start = 30 + "a.npy".length();
        int end = start + Npy.toBytes(ARRAY).length;
        for (int bit = 8 * start; bit < 8 * end; bit++) {
            byte[] damaged = archive.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(FormatException.class, () -> Npz.read(damaged), "bit " + bit);
        }
    }

    @Test
    void anArchiveOfNothingIsEmpty() throws FormatException {
        assertEquals(Map.of(), Npz.read(Npz.toBytes(Map.of())).arrays());
    }

    @Test
    void moreArraysThanAreReadAreNotWritten() {
        var arrays = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i <= Npz.MOST_ENTRIES; i++) {
            arrays.put("a" + i, ARRAY);
        }
        assertThrows(IllegalArgumentException.class, () -> Npz.toBytes(arrays));
    }

    @Test
    void asManyArraysAsAreWrittenAreRead() throws FormatException {
        var arrays = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i < Npz.MOST_ENTRIES; i++) {
            arrays.put("a" + i, ARRAY);
        }
        assertEquals(arrays, Npz.read(Npz.toBytes(arrays)).arrays());
    }

    /** The first of February 1980 at midnight: 0 years, 2 · 32 + 1, in the words at offsets 10 and 12 of the header. */
    @Test
    void theDateOfAWrittenArrayIsFixed() {
        byte[] archive = Npz.toBytes(Map.of("a", ARRAY));
        assertArrayEquals(new byte[] {0, 0, 0x41, 0}, Arrays.copyOfRange(archive, 10, 14));
    }

    @Test
    void anArchiveListsItsArrays() throws FormatException {
        assertEquals("NPZ bytes{a=I16 [3]}", Npz.read(Npz.toBytes(Map.of("a", ARRAY))).toString());
    }
}
