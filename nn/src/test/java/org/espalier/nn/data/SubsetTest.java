package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SubsetTest {

    @Test
    void aSubsetNumbersItsSamplesAnew() {
        int[] indices = {4, 1, 3};
        var subset = DatasetTest.numbered(6).subset(indices);
        indices[0] = 0;
        assertEquals(3, subset.size());
        assertArrayEquals(new float[] {3, 4}, subset.batch(2, 0).targets().toArray());
        assertArrayEquals(new float[] {1}, subset.subset(1).all().targets().toArray());
    }

    @Test
    void samplesOutsideAreRefused() {
        var data = DatasetTest.numbered(6);
        assertThrows(IndexOutOfBoundsException.class, () -> data.subset(6));
        var subset = data.subset(5, 4);
        assertThrows(IndexOutOfBoundsException.class, () -> subset.batch(2));
    }
}
