package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvColumnTest {

    @Test
    void aColumnIsAValue() {
        var levels = new ArrayList<>(List.of("no", "yes"));
        CsvColumn column = CsvColumn.category("w", levels);
        levels.clear();
        assertEquals(new CsvColumn("w", true, List.of("no", "yes")), column);
        assertEquals(new CsvColumn("a", false, List.of()), CsvColumn.numbers("a"));
    }

    @Test
    void levelsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> CsvColumn.category("w", List.of("a", "b", "a")));
        assertThrows(IllegalArgumentException.class, () -> new CsvColumn("a", false, List.of("x")));
    }
}
