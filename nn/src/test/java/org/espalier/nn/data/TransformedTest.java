package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TransformedTest {

    @Test
    void inputsAreTransformedAndTargetsAreNot() {
        var data = DatasetTest.numbered(3).map(inputs -> inputs.plus(0.5f));
        assertEquals(3, data.size());
        var batch = data.batch(2);
        assertArrayEquals(new float[] {20.5f, 21.5f}, batch.inputs().toArray());
        assertArrayEquals(new float[] {2}, batch.targets().toArray());
    }
}
