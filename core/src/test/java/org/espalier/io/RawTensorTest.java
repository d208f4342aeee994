package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RawTensorTest {

    private static final RawTensor BYTES =
            RawTensor.ofBytes(DType.U8, Shape.of(2, 2), (byte) 0, (byte) 1, (byte) 2, (byte) 255);

    @Test
    void givenBytesAreCopied() {
        byte[] mine = {1, 2};
        RawTensor tensor = RawTensor.ofBytes(DType.U8, Shape.of(2), mine);
        mine[0] = 9;
        assertArrayEquals(new int[] {1, 2}, tensor.toInts());
    }

    @Test
    void theViewOfTheBytesIsReadOnlyAndLittleEndian() {
        ByteBuffer view = RawTensor.ofInts(DType.I32, Shape.of(), 0x01020304).bytes();
        assertEquals(4, view.get(0));
        assertEquals(0x01020304, view.getInt(0));
        assertEquals(ByteOrder.LITTLE_ENDIAN, view.order());
        assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 0));
    }

    @Test
    void equalMeansTheSameTypeShapeAndBytes() {
        assertEquals(BYTES, RawTensor.ofInts(DType.U8, Shape.of(2, 2), 0, 1, 2, 255));
        assertEquals(BYTES.hashCode(), RawTensor.ofInts(DType.U8, Shape.of(2, 2), 0, 1, 2, 255).hashCode());
        assertNotEquals(BYTES, RawTensor.ofInts(DType.U8, Shape.of(4), 0, 1, 2, 255));
        assertNotEquals(BYTES, RawTensor.ofInts(DType.I8, Shape.of(2, 2), 0, 1, 2, -1));
        assertNotEquals(BYTES, RawTensor.ofInts(DType.U8, Shape.of(2, 2), 0, 1, 2, 254));
    }

    @Test
    void aTensorGoesThroughUnchanged() {
        Tensor tensor = Tensor.of(Shape.of(3, 1), -0.0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY);
        RawTensor raw = RawTensor.of(tensor);
        assertEquals("F32 [3, 1]", raw.toString());
        assertEquals(12, raw.byteCount());
        assertEquals(tensor.shape(), raw.toTensor().shape());
        assertArrayEquals(tensor.toArray(), raw.toTensor().toArray());
    }

    @Test
    void aCountThatIsNotTheShapesIsRefused() {
        Shape two = Shape.of(2);
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofBytes(DType.F32, two, new byte[7]));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofFloats(DType.F32, two, 1));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofDoubles(two, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofInts(DType.I8, two, 1));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofLongs(DType.I8, two));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofBooleans(two, true));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofBytes(DType.F4, Shape.of(3), new byte[2]));
    }

    @Test
    void anEmptyTensorHasNoBytes() {
        RawTensor empty = RawTensor.ofFloats(DType.F64, Shape.of(3, 0));
        assertEquals(0, empty.byteCount());
        assertEquals(0, empty.toFloats().length);
    }

    @Test
    void aColumnOfAMatrixIsTaken() {
        var labels = RawTensor.ofInts(DType.I32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertEquals(RawTensor.ofInts(DType.I32, Shape.of(2), 2, 5), labels.column(1));
        assertEquals(RawTensor.ofInts(DType.I32, Shape.of(2), 1, 4), labels.column(0));
        assertEquals(Shape.of(0), RawTensor.ofInts(DType.U8, Shape.of(0, 3)).column(2).shape());
        assertThrows(IllegalArgumentException.class, () -> labels.column(3));
        assertThrows(IllegalArgumentException.class, () -> labels.column(-1));
        assertThrows(IllegalArgumentException.class, () -> labels.column(0).column(0));
    }

    @Test
    void theValuesOfEveryFactoryComeBack() {
        Shape two = Shape.of(2);
        assertArrayEquals(new double[] {0.1, -2}, RawTensor.ofDoubles(two, 0.1, -2).toDoubles());
        assertArrayEquals(new long[] {1L << 40, -7}, RawTensor.ofLongs(DType.I64, two, 1L << 40, -7).toLongs());
        assertArrayEquals(new boolean[] {false, true}, RawTensor.ofBooleans(two, false, true).toBooleans());
    }

    @Test
    void aWrongCountIsNamedWithTheShape() {
        Shape two = Shape.of(2);
        for (Executable factory : List.<Executable>of(
                () -> RawTensor.ofFloats(DType.F32, two, 1, 2, 3),
                () -> RawTensor.ofDoubles(two, 1, 2, 3),
                () -> RawTensor.ofInts(DType.I8, two, 1, 2, 3),
                () -> RawTensor.ofLongs(DType.I8, two, 1, 2, 3),
                () -> RawTensor.ofBooleans(two, true, false, true))) {
            var e = assertThrows(IllegalArgumentException.class, factory);
            assertEquals("3 values given for shape [2]", e.getMessage());
        }
    }

    @Test
    void aHashTellsTensorsApart() {
        assertNotEquals(BYTES.hashCode(), RawTensor.ofInts(DType.U8, Shape.of(2, 2), 0, 1, 2, 254).hashCode());
    }
}
