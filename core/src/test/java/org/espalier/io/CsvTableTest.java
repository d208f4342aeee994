package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CsvTableTest {

    private static final CsvColumn WORDS = CsvColumn.category("w", List.of("no", "yes"));
    private static final CsvTable TABLE = new CsvTable(List.of(CsvColumn.numbers("a"), WORDS, CsvColumn.numbers("b")),
            Tensor.of(Shape.of(2, 3), 1, 1, 2, 3, 0, Float.NaN));

    @Test
    void theTableDoesNotFollowWhatItWasMadeFrom() {
        var columns = new ArrayList<>(List.of(WORDS));
        var table = new CsvTable(columns, Tensor.of(Shape.of(1, 1), 1));
        columns.clear();
        assertEquals(List.of(WORDS), table.columns());
        assertEquals(1, table.rows());
        assertThrows(ShapeException.class, () -> new CsvTable(List.of(WORDS), Tensor.of(Shape.of(1, 2), 1, 2)));
        assertThrows(ShapeException.class, () -> new CsvTable(List.of(WORDS), Tensor.vector(1)));
    }

    @Test
    void columnsAreFoundByName() {
        assertEquals(List.of("a", "w", "b"), TABLE.names());
        assertEquals(2, TABLE.index("b"));
        assertArrayEquals(new float[] {2, Float.NaN}, TABLE.column("b"));
        assertArrayEquals(new int[] {1, 0}, TABLE.codes("w"));
        assertEquals(List.of("no", "yes"), TABLE.levels("w"));
        var problem = assertThrows(IllegalArgumentException.class, () -> TABLE.column("c"));
        assertEquals("table: no column \"c\"; there are [a, w, b]", problem.getMessage());
    }

    @Test
    void codesAreThoseOfWordsOnly() {
        var numbers = assertThrows(IllegalArgumentException.class, () -> TABLE.codes("a"));
        assertTrue(numbers.getMessage().contains("withCategories(\"a\")"), numbers.getMessage());
        var missing = new CsvTable(List.of(WORDS), Tensor.of(Shape.of(2, 1), 0, Float.NaN));
        var problem = assertThrows(IllegalArgumentException.class, () -> missing.codes("w"));
        assertTrue(problem.getMessage().contains("no word in row index 1"), problem.getMessage());
    }

    @Test
    void columnsCanBeChosenAndLeftOut() {
        CsvTable some = TABLE.select("b", "w");
        assertEquals(List.of("b", "w"), some.names());
        assertArrayEquals(new float[] {2, 1, Float.NaN, 0}, some.values().toArray());
        CsvTable rest = TABLE.without("w");
        assertEquals(List.of("a", "b"), rest.names());
        assertArrayEquals(new float[] {1, 2, 3, Float.NaN}, rest.values().toArray());
        assertThrows(IllegalArgumentException.class, () -> TABLE.without("x"));
    }
}
