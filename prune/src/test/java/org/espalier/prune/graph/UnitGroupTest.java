package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitGroupTest {

    @Test
    void slicesArePartsThatMakeTheUnitAndThenThoseThatReadIt() {
        var row = new Slice("fc1.weight", 0, 4);
        var column = new Slice("fc2.weight", 1, 4);
        assertEquals(
                List.of(row, column), new UnitGroup(List.of(row), List.of(column), Optional.empty()).slices());
    }
}
