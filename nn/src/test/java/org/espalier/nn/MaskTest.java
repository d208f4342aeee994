package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 128, 1000})
    void countsAndBitsAgreeAtEveryWordBoundary(int size) {
        var mask = Mask.of(Shape.of(size), i -> i % 3 == 0);

        assertEquals((size + 2) / 3, mask.kept());
        for (int i = 0; i < size; i++) {
            assertEquals(i % 3 == 0, mask.keeps(i));
            assertEquals(i % 3 == 0, (mask.words()[i / 64] >>> i % 64 & 1) == 1);
        }
        assertEquals(size == 0 ? 1 : (double) mask.kept() / size, mask.density());
        assertEquals(1 - mask.density(), mask.sparsity());
        assertEquals(size, Mask.all(Shape.of(size)).kept());
    }

    @Test
    void maskingSelectsSoNothingUnderItLeaks() {
        float[] poison = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, -1, Float.MIN_VALUE};
        var mask = Mask.of(Shape.of(12), i -> i >= 6);
        var elements = new float[12];
        System.arraycopy(poison, 0, elements, 0, 6);
        System.arraycopy(poison, 0, elements, 6, 6);

        var masked = mask.applyTo(Tensor.vector(elements)).toArray();
        mask.applyTo(elements);

        for (int i = 0; i < 6; i++) {
            assertEquals(0x00000000, Float.floatToRawIntBits(masked[i]));
            assertEquals(0x00000000, Float.floatToRawIntBits(elements[i]));
            assertEquals(Float.floatToRawIntBits(poison[i]), Float.floatToRawIntBits(masked[6 + i]));
        }
    }

    @Test
    void aTensorThatIsMaskedAlreadySharesItsStorage() {
        var mask = Mask.of(Shape.of(70), i -> i % 2 == 0);
        var masked = mask.applyTo(Tensor.full(Shape.of(70), 3));
        assertSame(Storage.array(masked), Storage.array(mask.applyTo(masked)));
        for (int stray : new int[] {1, 63, 65, 69}) {
            float[] elements = masked.toArray();
            elements[stray] = -0f;
            float[] again = mask.applyTo(Tensor.vector(elements)).toArray();
            assertEquals(0, Float.floatToRawIntBits(again[stray]), "element " + stray);
        }
    }

    @Test
    void masksAreMadeOfOneBooleanForEachElement() {
        var keeps = new boolean[130];
        keeps[0] = keeps[64] = keeps[127] = keeps[129] = true;
        var mask = Mask.of(Shape.of(130), keeps);
        assertEquals(Mask.of(Shape.of(130), i -> i == 0 || i == 64 || i == 127 || i == 129), mask);
        assertEquals(4, mask.kept());
        var thrown = assertThrows(ShapeException.class, () -> Mask.of(Shape.of(129), keeps));
        assertEquals("mask: 130 elements do not fit a mask of shape [129]", thrown.getMessage());
    }

    @Test
    void masksComposeByIntersectionAndGrowOnlyByUnion() {
        var shape = Shape.of(5, 40);
        var rng = Rng.of(1);
        var a = Mask.of(shape, i -> rng.nextInt(2) == 0);
        var b = Mask.of(shape, i -> rng.nextInt(2) == 0);

        for (int i = 0; i < 200; i++) {
            assertEquals(a.keeps(i) && b.keeps(i), a.and(b).keeps(i));
            assertEquals(a.keeps(i) || b.keeps(i), a.or(b).keeps(i));
        }
        assertEquals(a.and(b), b.and(a));
        assertEquals(a.kept() + b.kept(), a.and(b).kept() + a.or(b).kept());
    }

    @Test
    void nonZeroKeepsEverythingButZeros() {
        var mask = Mask.nonZero(Tensor.vector(0, -0f, Float.NaN, Float.MIN_VALUE, -3));

        assertEquals("Mask[5] keeps 3 of 5", mask.toString());
        assertTrue(mask.keeps(2) && mask.keeps(3) && mask.keeps(4));
    }

    @Test
    void equalMasksHaveEqualShapesAndBits() {
        assertEquals(Mask.all(Shape.of(2, 3)), Mask.of(Shape.of(2, 3), i -> i < 6));
        assertEquals(Mask.all(Shape.of(2, 3)).hashCode(), Mask.of(Shape.of(2, 3), i -> i < 6).hashCode());
        assertNotEquals(Mask.all(Shape.of(2, 3)), Mask.all(Shape.of(3, 2)));
        assertNotEquals(Mask.all(Shape.of(6)), Mask.of(Shape.of(6), i -> i != 5));
        assertNotEquals(Mask.all(Shape.of(6)).hashCode(), Mask.of(Shape.of(6), i -> i != 5).hashCode());
        assertNotEquals(Mask.all(Shape.of(6)).hashCode(), Mask.all(Shape.of(6, 1)).hashCode());
    }

    @Test
    void wordsAreACopy() {
        var mask = Mask.all(Shape.of(3));
        mask.words()[0] = 0;

        assertArrayEquals(new long[] {7}, mask.words());
    }

    @Test
    void misfitsAreNamed() {
        var mask = Mask.all(Shape.of(2, 3));

        assertThrows(ShapeException.class, () -> mask.and(Mask.all(Shape.of(6))));
        assertThrows(ShapeException.class, () -> mask.or(Mask.all(Shape.of(3, 2))));
        assertThrows(ShapeException.class, () -> mask.applyTo(Tensor.zeros(Shape.of(6))));
        assertThrows(ShapeException.class, () -> mask.applyTo(new float[5]));
    }

    @Test
    void thePatternHasWhatTheMaskKeepsAndIsMadeOnce() {
        var mask = Mask.of(Shape.of(3, 4), i -> i % 5 == 0);
        assertArrayEquals(new int[] {0, 5, 10}, mask.pattern().places());
        assertSame(mask.pattern(), mask.pattern());
        var tensor = mask.pattern().tensor(new float[] {1, 2, 3});
        assertSame(tensor, mask.applyTo(tensor));
    }
}
