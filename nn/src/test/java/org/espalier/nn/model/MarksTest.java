package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.io.RawTensor;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final Shape THREE = Shape.of(3);
    /** Drops the element in the middle. */
    private static final Mask MASK = Mask.of(THREE, i -> i != 1);
    private static final int MINUS_ZERO = 0x80000000;
    private static final int ONE = 0x3F800000;
    private static final int NAN = 0x7FC00000;

    private static Tensor tensor(int... bits) {
        var values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return Tensor.of(Shape.of(bits.length), values);
    }

    private static int[] bits(float... values) {
        var bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static StateDict.Entry masked(int... bits) {
        return new StateDict.Entry(tensor(bits), Optional.of(MASK));
    }

    private static StateDict.Entry whole(int... bits) {
        return new StateDict.Entry(tensor(bits), Optional.empty());
    }

    @Test
    void aNumberIsNeededOnlyWhereAnElementIsMinusZero() {
        assertEquals(Marks.USUAL, Marks.of(whole(ONE, 0, NAN)));
        assertEquals(Marks.USUAL, Marks.of(masked(ONE, 0, NAN)));
        assertEquals(Marks.NONE, Marks.of(whole(ONE, MINUS_ZERO, ONE)));
        assertEquals(1, Marks.of(masked(MINUS_ZERO, 0, ONE)));
        assertEquals(1, Marks.of(masked(MINUS_ZERO, 0, NAN)));
        assertEquals(2, Marks.of(masked(MINUS_ZERO, 0, NAN + 1)));
    }

    @Test
    void aMaskThatKeepsEverythingIsNone() {
        assertSame(MASK, Marks.mask(masked(ONE, 0, ONE)));
        assertNull(Marks.mask(whole(ONE, 0, ONE)));
        assertNull(Marks.mask(new StateDict.Entry(tensor(ONE, 0, ONE), Optional.of(Mask.all(THREE)))));
    }

    @Test
    void maskedElementsAreWrittenAsTheMark() {
        assertArrayEquals(new int[] {ONE, MINUS_ZERO, 0},
                bits(Marks.write(masked(ONE, 0, 0), Marks.USUAL).toFloats()));
        assertArrayEquals(new int[] {MINUS_ZERO, NAN + 2, NAN + 1},
                bits(Marks.write(masked(MINUS_ZERO, 0, NAN + 1), 2).toFloats()));
        assertArrayEquals(new int[] {MINUS_ZERO, 0, ONE},
                bits(Marks.write(whole(MINUS_ZERO, 0, ONE), Marks.NONE).toFloats()));
    }

    private static RawTensor raw(int... bits) {
        return RawTensor.of(tensor(bits));
    }

    @Test
    void theMarkedElementsAreMaskedAndPositiveZero() {
        var usual = Marks.read(raw(ONE, MINUS_ZERO, NAN + 1), Marks.USUAL);
        assertEquals(Optional.of(MASK), usual.mask());
        assertArrayEquals(new int[] {ONE, 0, NAN + 1}, bits(usual.value().toArray()));
        var second = Marks.read(raw(MINUS_ZERO, NAN + 2, NAN + 1), 2);
        assertEquals(Optional.of(MASK), second.mask());
        assertArrayEquals(new int[] {MINUS_ZERO, 0, NAN + 1}, bits(second.value().toArray()));
    }

    @Test
    void withoutAMarkedElementThereIsNoMask() {
        var none = Marks.read(raw(ONE, MINUS_ZERO, NAN), Marks.NONE);
        assertEquals(Optional.empty(), none.mask());
        assertArrayEquals(new int[] {ONE, MINUS_ZERO, NAN}, bits(none.value().toArray()));
        assertEquals(Optional.empty(), Marks.read(raw(ONE, 0, ONE), Marks.USUAL).mask());
    }

    /** The fraction of a NaN has 22 bits beside that which makes it quiet. */
    @Test
    void numbersHave22Bits() {
        assertFalse(Marks.isValid(-1));
        assertTrue(Marks.isValid(0));
        assertTrue(Marks.isValid((1 << 22) - 1));
        assertFalse(Marks.isValid(1 << 22));
    }
}
