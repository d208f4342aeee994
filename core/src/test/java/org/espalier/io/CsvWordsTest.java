package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CsvWordsTest {

    @Test
    void everyWordGetsItsPlaceInTheSortedList() throws FormatException {
        var random = new SplittableRandom(29);
        var text = new StringBuilder();
        var rows = new ArrayList<String>();
        for (int row = 0; row < 5_000; row++) {
            rows.add(Integer.toString(random.nextInt(2_000), 3));
            text.append(rows.getLast());
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        var words = new CsvWords(bytes, rows.size());
        int at = 0;
        for (int row = 0; row < rows.size(); row++) {
            assertTrue(words.add(row, at, at + rows.get(row).length()));
            at += rows.get(row).length();
        }
        CsvTable.Category category = words.category("x");
        List<String> sorted = List.copyOf(new TreeSet<>(rows));
        assertEquals(sorted, category.levels());
        assertArrayEquals(rows.stream().mapToInt(sorted::indexOf).toArray(), category.codes());
    }

    @Test
    void aWordThatIsNotUtf8IsRefusedAtItsPlace() {
        byte[] bytes = {'a', (byte) 0xFF, 'b'};
        var words = new CsvWords(bytes, 2);
        assertTrue(words.add(0, 0, 1));
        assertTrue(words.add(1, 1, 2));
        assertEquals(1, assertThrows(FormatException.class, () -> words.category("x")).offset());
    }

    @Test
    void thereIsALimitOnDifferentWordsButNotOnRepetitions() {
        var bytes = new byte[2 * CsvWords.MOST_LEVELS + 2];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = (byte) (i >> 8);
            bytes[i + 1] = (byte) i;
        }
        var words = new CsvWords(bytes, 2 * bytes.length);
        int row = 0;
        for (int at = 0; at < 2 * CsvWords.MOST_LEVELS; at += 2) {
            assertTrue(words.add(row++, at, at + 2));
            assertTrue(words.add(row++, at, at + 2));
        }
        assertFalse(words.add(row, 2 * CsvWords.MOST_LEVELS, 2 * CsvWords.MOST_LEVELS + 2));
    }
}
