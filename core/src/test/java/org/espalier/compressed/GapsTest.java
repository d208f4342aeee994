package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static byte[] bytes(int... unsigned) {
        var bytes = new byte[unsigned.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return bytes;
    }

    @Test
    void aByteCountsWhatIsLeftOutBeforeAnEntry() {
        assertArrayEquals(bytes(0, 1, 0), Gaps.encode(5, new int[] {0, 2, 3}));
        assertArrayEquals(new int[] {0, 2, 3}, Gaps.decode(bytes(0, 1, 0), 5));
        assertEquals(3, Gaps.count(bytes(0, 1, 0)));
    }

    @Test
    void gapsOfMoreThan254AreFilledUp() {
        assertArrayEquals(bytes(254), Gaps.encode(255, new int[] {254}));
        assertArrayEquals(bytes(255, 0), Gaps.encode(256, new int[] {255}));
        assertArrayEquals(bytes(255, 255, 9, 255), Gaps.encode(1000 - 224, new int[] {519}));
        assertEquals(1, Gaps.count(bytes(255, 255, 9, 255)));
        assertArrayEquals(new int[] {519}, Gaps.decode(bytes(255, 255, 9, 255), 776));
        assertArrayEquals(new byte[0], Gaps.encode(255, new int[0]));
        assertArrayEquals(bytes(255), Gaps.encode(256, new int[0]));
        assertArrayEquals(new byte[0], Gaps.encode(0, new int[0]));
    }

    @Test
    void everyPatternComesBack() {
        for (float density : new float[] {0, 0.001f, 0.003f, 0.02f, 0.5f, 1}) {
            float[] dice = Rng.of(5).uniform(Shape.of(20_000), 0, 1).toArray();
            int[] kept = IntStream.range(0, dice.length).filter(i -> dice[i] < density).toArray();
            assertArrayEquals(kept, Gaps.decode(Gaps.encode(dice.length, kept), dice.length));
        }
    }

    @Test
    void gapsMustGoThroughTheWholeArray() {
        assertThrows(IllegalArgumentException.class, () -> Gaps.decode(bytes(0, 3), 4));
        assertThrows(IllegalArgumentException.class, () -> Gaps.decode(bytes(255), 254));
        assertThrows(IllegalArgumentException.class, () -> Gaps.decode(bytes(), 256));
        assertThrows(IllegalArgumentException.class, () -> Gaps.decode(bytes(0), Integer.MAX_VALUE));
    }

    @Test
    void entriesMustAscendWithinTheArray() {
        assertThrows(IllegalArgumentException.class, () -> Gaps.encode(5, new int[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> Gaps.encode(5, new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> Gaps.encode(5, new int[] {5}));
    }

    @Test
    void upTo255ElementsMayBeLeftOutAtTheEnd() {
        assertArrayEquals(new int[0], Gaps.decode(bytes(), 255));
        assertArrayEquals(new int[] {0}, Gaps.decode(bytes(0), 256));
        assertThrows(IllegalArgumentException.class, () -> Gaps.decode(bytes(0), 257));
    }
}
