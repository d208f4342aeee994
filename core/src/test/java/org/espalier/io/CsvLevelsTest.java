package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvLevelsTest {

    private static int add(CsvLevels levels, String word) {
        byte[] text = ("<" + word + ">").getBytes(StandardCharsets.UTF_8);
        return levels.add(text, 1, text.length - 1);
    }

    private static int find(CsvLevels levels, String word) {
        byte[] text = ("<" + word + ">").getBytes(StandardCharsets.UTF_8);
        return levels.find(text, 1, text.length - 1);
    }

    @Test
    void everyWordKeepsTheNumberOfItsFirstAppearance() {
        var random = new SplittableRandom(29);
        var levels = new CsvLevels();
        var words = new LinkedHashSet<String>();
        for (int row = 0; row < 20_000; row++) {
            String word = Integer.toString(random.nextInt(5_000), 3);
            int known = find(levels, word);
            assertEquals(words.contains(word), known >= 0);
            assertEquals(known < 0 ? words.size() : known, add(levels, word));
            words.add(word);
            assertEquals(words.size(), levels.count());
        }
        int number = 0;
        for (String word : words) {
            assertArrayEquals(word.getBytes(StandardCharsets.UTF_8), levels.fields()[number]);
            assertEquals(number++, find(levels, word));
        }
    }

    @Test
    void theEmptyWordIsAWord() {
        var levels = new CsvLevels();
        assertEquals(-1, find(levels, ""));
        assertEquals(0, add(levels, ""));
        assertEquals(1, add(levels, "a"));
        assertEquals(0, find(levels, ""));
    }

    @Test
    void knownWordsAreFoundAsTheirFieldsAreWritten() {
        var levels = CsvLevels.of(List.of("say \"hi\"", "na\u00efve"), StandardCharsets.ISO_8859_1);
        byte[] quoted = "say \"\"hi\"\"".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(0, levels.find(quoted, 0, quoted.length));
        byte[] latin = "na\u00efve".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(1, levels.find(latin, 0, latin.length));
    }
}
