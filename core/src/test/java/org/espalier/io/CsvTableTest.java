package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CsvTableTest {

    private static final CsvTable.Category WORDS = new CsvTable.Category(List.of("no", "yes"), new int[] {1, 0});

    @Test
    void theTableDoesNotFollowWhatItWasMadeFrom() {
        var columns = new ArrayList<>(List.of("a"));
        var categories = new LinkedHashMap<>(Map.of("w", WORDS));
        var table = new CsvTable(columns, Tensor.of(Shape.of(2, 1), 1, 2), categories);
        columns.clear();
        categories.clear();
        assertEquals(List.of("a"), table.columns());
        assertEquals(Map.of("w", WORDS), table.categories());
        assertThrows(UnsupportedOperationException.class, () -> table.categories().clear());
        assertEquals(2, table.rows());
    }

    @Test
    void aCategoryGivesCodesAndWords() {
        int[] codes = WORDS.codes();
        assertArrayEquals(new int[] {1, 0}, codes);
        codes[0] = 7;
        assertEquals("yes", WORDS.word(0));
        assertEquals(List.of("no", "yes"), WORDS.levels());
    }
}
