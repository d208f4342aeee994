package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.espalier.io.FormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
    @TempDir
    private Path directory;

    private ExternalData data;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(directory.resolve("model/sub"));
        Files.write(directory.resolve("secret"), new byte[] {9});
        Files.write(directory.resolve("model/weights"), new byte[] {1, 2, 3, 4, 5});
        Files.write(directory.resolve("model/sub/more"), new byte[] {6, 7});
        data = new ExternalData("m.onnx", directory.resolve("model"));
    }

    private byte[] bytes(String location, long offset, long length) throws FormatException {
        var view = data.bytes(17, "w", location, offset, length);
        var bytes = new byte[view.remaining()];
        view.duplicate().get(bytes);
        return bytes;
    }

    private void assertRefused(String why, String location, long offset, long length) {
        var problem = assertThrows(FormatException.class, () -> bytes(location, offset, length));
        assertTrue(problem.getMessage().startsWith("m.onnx, offset 17: tensor \"w\" lies in the file"),
                problem.getMessage());
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @Test
    void rangesOfFilesInTheDirectoryAreRead() throws FormatException {
        assertArrayEquals(new byte[] {2, 3}, bytes("weights", 1, 2));
        assertArrayEquals(new byte[] {4, 5}, bytes("weights", 3, -1));
        assertArrayEquals(new byte[] {6, 7}, bytes("sub/more", 0, 2));
        assertEquals(6, data.total());
    }

    @Test
    void theSameRangeIsReadOnceAndOverlapsAreRefused() throws FormatException {
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, bytes("weights", 0, -1));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, bytes("weights", 0, 5));
        assertEquals(5, data.total());
        assertRefused("other tensors have taken the same bytes", "weights", 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "sub/../../secret", "/etc/hostname", "", "sub/..", "..", "a\\..\\..\\secret"})
    void whatIsNotInTheDirectoryIsRefused(String location) {
        assertRefused("not in the directory of the model", location, 0, 1);
    }

    @Test
    void linksAreRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("model/link"), directory.resolve("secret"));
        Files.createSymbolicLink(directory.resolve("model/inside"), directory.resolve("model/weights"));
        Files.createSymbolicLink(directory.resolve("model/up"), directory);

        assertRefused("reached over a link", "link", 0, 1);
        assertRefused("reached over a link", "inside", 0, 1);
        assertRefused("reached over a link", "up/secret", 0, 1);
    }

    @Test
    void aModelDirectoryMayItselfBeReachedOverALink() throws IOException {
        Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("model"));
        data = new ExternalData("m.onnx", directory.resolve("alias"));

        assertArrayEquals(new byte[] {1}, bytes("weights", 0, 1));
    }

    @Test
    void rangesAreComparedWithTheFile() {
        assertRefused("but the file has 5", "weights", 0, 6);
        assertRefused("but the file has 5", "weights", 6, -1);
        assertRefused("but the file has 5", "weights", Long.MAX_VALUE, Long.MAX_VALUE);
        assertRefused("not a plain file", "sub", 0, 1);
        assertRefused("put it beside the model; or export the model with external_data=False", "missing", 0, 1);
    }

    @Test
    void aModelThatIsNoFileHasNoneBesideIt() {
        data = new ExternalData("m.onnx", null);

        assertRefused("read it by its path; or export the model with external_data=False", "weights", 0, 1);
    }

    /** Whatever a model says: a range of a file in its directory, or a refusal. */
    @Test
    void randomLocationsAndRangesNeverReadAnythingElse() throws IOException {
        Files.createSymbolicLink(directory.resolve("model/link"), directory.resolve("secret"));
        var parts = List.of("weights", "sub", "more", "..", ".", "", "link", "secret", "model", "\\", "\0", "é", "~");
        var numbers = new long[] {0, 1, 2, 5, 6, -1, -2, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 32};
        var random = new Random(5);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var location = new StringBuilder(random.nextInt(8) == 0 ? "/" : "");
            for (int part = random.nextInt(4); part >= 0; part--) {
                location.append(parts.get(random.nextInt(parts.size()))).append(part > 0 ? "/" : "");
            }
            long offset = numbers[random.nextInt(numbers.length)];
            long length = numbers[random.nextInt(numbers.length)];
            data = new ExternalData("m.onnx", directory.resolve("model"));
            try {
                byte[] bytes = bytes(location.toString(), offset, length);
                var name = directory.resolve("model").resolve(location.toString()).normalize();
                byte[] all = name.endsWith("weights") ? new byte[] {1, 2, 3, 4, 5} : new byte[] {6, 7};
                int end = length < 0 ? all.length : (int) (offset + length);
                assertArrayEquals(Arrays.copyOfRange(all, (int) offset, end), bytes, location.toString());
                read++;
            } catch (FormatException refused) {
                assertTrue(refused.getMessage().startsWith("m.onnx, offset 17: tensor"), refused.getMessage());
            }
        }
        assertTrue(read > 100, () -> "too few were read to mean anything");
    }

    @Test
    void aTensorMayHaveNoBytesUpToTheEndOfTheFile() throws FormatException {
        assertArrayEquals(new byte[0], bytes("weights", 1, 0));
        assertArrayEquals(new byte[0], bytes("weights", 5, 0));
        assertArrayEquals(new byte[0], bytes("weights", 5, -1));
        assertEquals(0, data.total());
        assertRefused("not in the directory of the model", "\\secret", 0, 1);
    }
}
