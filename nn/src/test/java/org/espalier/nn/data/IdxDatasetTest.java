package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.io.DType;
import org.espalier.io.Idx;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {
    private final RawTensor images =
            RawTensor.ofInts(DType.U8, Shape.of(3, 1, 2), 0, 255, 51, 102, 255, 0);
    private final RawTensor labels = RawTensor.ofInts(DType.U8, Shape.of(3), 7, 255, 0);

    @Test
    void bytesBecomeNumbersBetweenZeroAndOne() {
        var data = IdxDataset.of(images, labels);
        assertEquals(3, data.size());
        var batch = data.batch(1, 0);
        assertEquals(Shape.of(2, 1, 2), batch.inputs().shape());
        assertArrayEquals(new float[] {0.2f, 0.4f, 0, 1}, batch.inputs().toArray());
        assertArrayEquals(new float[] {255, 7}, batch.targets().toArray());
        assertArrayEquals(new int[] {7, 255, 0}, data.labels());
        assertThrows(IndexOutOfBoundsException.class, () -> data.batch(3));
    }

    @Test
    void filesAreRead(@TempDir Path directory) throws IOException {
        Path imageFile = Files.write(directory.resolve("images"), Idx.toBytes(images));
        Path labelFile = Files.write(directory.resolve("labels"), Idx.toBytes(labels));
        var data = IdxDataset.read(imageFile, labelFile);
        assertArrayEquals(new float[] {1, 0}, data.batch(2).inputs().toArray());
    }

    @Test
    void arraysThatDoNotBelongTogetherAreRefused() {
        var two = RawTensor.ofInts(DType.U8, Shape.of(2), 1, 2);
        var floats = RawTensor.ofFloats(DType.F32, Shape.of(3), 1, 2, 3);
        assertThrows(ShapeException.class, () -> IdxDataset.of(images, two));
        assertThrows(ShapeException.class, () -> IdxDataset.of(images, floats));
        assertThrows(ShapeException.class, () -> IdxDataset.of(labels, labels));
        assertThrows(ShapeException.class, () -> IdxDataset.of(floats, labels));
    }

    /** QMNIST has labels [n, 8], of which the first column is the class. */
    @Test
    void labelsInColumnsAreChosen() {
        var images = RawTensor.ofInts(DType.U8, Shape.of(2, 1, 1), 0, 255);
        var labels = RawTensor.ofInts(DType.I32, Shape.of(2, 3), 7, 0, 1, 4, 0, 2);
        assertArrayEquals(new int[] {7, 4}, IdxDataset.of(images, labels.column(0)).labels());
        assertArrayEquals(new int[] {5, 6},
                IdxDataset.of(images, RawTensor.ofInts(DType.U8, Shape.of(2, 1), 5, 6)).labels());
        var e = assertThrows(ShapeException.class, () -> IdxDataset.of(images, labels));
        assertTrue(e.getMessage().endsWith("choose a column with labels.column(0)"), e.getMessage());
    }
}
