package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistDataTest {
    @Test
    void allImagesAreLearnedFromOrChosenBy() throws Exception {
        var usual = MnistData.load(null, 1);
        assertEquals(55_000, usual.train().size());
        assertEquals(5_000, usual.validation().size());
        assertEquals(10_000, usual.test().size());

        var whole = MnistData.load(null, 1, 1);
        assertEquals(60_000, whole.train().size());
        assertEquals(0, whole.validation().size());
        assertArrayEquals(
                usual.train().range(0, 3).inputs().toArray(), whole.train().range(0, 3).inputs().toArray());
    }

    @Test
    void aFileThatIsMissingIsNamed(@TempDir Path folder) {
        var error = assertThrows(NoSuchFileException.class, () -> MnistData.load(folder, 1));
        assertEquals("there is no file " + folder.resolve("train-images-idx3-ubyte") + ", with or without .gz",
                error.getMessage());
    }
}
