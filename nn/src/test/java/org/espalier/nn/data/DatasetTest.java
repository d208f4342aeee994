package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DatasetTest {

    /** Sample i has the inputs (10 i, 10 i + 1) and the target i. */
    static Dataset numbered(int size) {
        var inputs = new float[2 * size];
        var targets = new float[size];
        for (int i = 0; i < size; i++) {
            inputs[2 * i] = 10 * i;
            inputs[2 * i + 1] = 10 * i + 1;
            targets[i] = i;
        }
        return Dataset.of(Tensor.of(Shape.of(size, 2), inputs), Tensor.vector(targets));
    }

    @Test
    void aRangeIsTheSamplesBetween() {
        assertArrayEquals(new float[] {1, 2}, numbered(4).range(1, 3).targets().toArray());
        assertEquals(0, numbered(4).range(4, 4).size());
        assertEquals(4, numbered(4).all().size());
        assertThrows(IndexOutOfBoundsException.class, () -> numbered(4).range(3, 5));
    }

    @Test
    void aSplitCutsEverySampleIntoExactlyOnePart() {
        var split = numbered(25).split(0.3, 7);
        assertEquals(8, split.train().size()); // 7.5 rounds half to even
        assertEquals(17, split.validation().size());
        var all = new float[25];
        for (var part : new Dataset[] {split.train(), split.validation()}) {
            for (float target : part.all().targets().toArray()) {
                all[(int) target]++;
            }
        }
        IntStream.range(0, 25).forEach(i -> assertEquals(1, all[i]));
    }

    @Test
    void aSplitDependsOnItsSeedAlone() {
        var first = numbered(50).split(0.5, 1).train().all().targets().toArray();
        assertArrayEquals(first, numbered(50).split(0.5, 1).train().all().targets().toArray());
        var other = numbered(50).split(0.5, 2).train().all().targets().toArray();
        assertEquals(false, java.util.Arrays.equals(first, other));
    }

    @Test
    void aShareOutsideZeroAndOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> numbered(2).split(1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> numbered(2).split(Double.NaN, 0));
    }
}
