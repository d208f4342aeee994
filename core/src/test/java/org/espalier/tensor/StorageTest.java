package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StorageTest {
    @Test
    void anAdoptedArrayIsNotCopied() {
        float[] elements = {1, 2, 3, 4};
        var x = Storage.adopt(Shape.of(2, 2), elements);
        assertSame(elements, Storage.array(x));
        assertSame(elements, Storage.array(x.withGrad()));
        assertSame(elements, Storage.array(x.detach()));
    }

    @Test
    void aTransposeIsWrittenOutInRowMajorOrder() {
        var x = Storage.adopt(Shape.of(2, 2), new float[] {1, 2, 3, 4}).transpose();
        assertArrayEquals(new float[] {1, 3, 2, 4}, Storage.array(x));
        assertSame(Storage.array(x), Storage.array(x));
    }

    @Test
    void anArrayOfTheWrongLengthIsRefused() {
        var thrown = assertThrows(ShapeException.class, () -> Storage.adopt(Shape.of(2, 2), new float[3]));
        assertEquals("adopt: 3 elements given for shape: [2, 2]", thrown.getMessage());
    }
}
