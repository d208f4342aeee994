package org.espalier.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Collects the words of one CSV column: gives each different word a number in order of appearance, and in the end the
 * codes in sorted order.
 *
 * <p>Idea: an open-addressing hash table of word numbers; a word is compared as bytes in the file's text, so a field
 * that repeats a known word allocates nothing. Cost: constant per field, twice the number of words in table slots.
 */
final class CsvWords {

    /** Most different words in a column; a column with more is no category. */
    static final int MOST_LEVELS = 10_000;

    private static final int FIRST_TABLE = 64;
    private static final int FREE = -1;

    private final byte[] text;
    private final int[] codes;
    /**
     * Differs from run to run, so that nobody can prepare words that all fall into one slot; the codes do not show it.
     */
    private final int multiplier = new SplittableRandom().nextInt() | 1;
    private int[] starts = new int[FIRST_TABLE / 2];
    private int[] ends = new int[FIRST_TABLE / 2];
    private int count;
    private int[] table = empty(FIRST_TABLE);

    CsvWords(byte[] text, int rows) {
        this.text = text;
        this.codes = new int[rows];
    }

    /** Notes the word of a row; false if there are too many different ones. */
    boolean add(int row, int start, int end) {
        int slot = slotOf(start, end);
        if (table[slot] == FREE) {
            if (count == MOST_LEVELS) {
                return false;
            }
            if (count == starts.length) {
                grow();
                slot = slotOf(start, end);
            }
            starts[count] = start;
            ends[count] = end;
            table[slot] = count++;
        }
        codes[row] = table[slot];
        return true;
    }

    private int slotOf(int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = multiplier * hash + text[i];
        }
        int slot = (hash ^ hash >>> 15 ^ hash >>> 23) & table.length - 1;
        while (table[slot] != FREE && !isWord(table[slot], start, end)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isWord(int word, int start, int end) {
        return Arrays.equals(text, starts[word], ends[word], text, start, end);
    }

    private void grow() {
        starts = Arrays.copyOf(starts, 2 * count);
        ends = Arrays.copyOf(ends, 2 * count);
        table = empty(2 * table.length);
        for (int word = 0; word < count; word++) {
            table[slotOf(starts[word], ends[word])] = word;
        }
    }

    private static int[] empty(int size) {
        var slots = new int[size];
        Arrays.fill(slots, FREE);
        return slots;
    }

    /** The column, its words sorted. */
    CsvTable.Category category(String source) throws FormatException {
        var words = new ArrayList<String>(count);
        for (int word = 0; word < count; word++) {
            words.add(CsvScanner.decode(source, text, starts[word], ends[word]));
        }
        List<String> sorted = words.stream().sorted().toList();
        var rank = new int[count];
        for (int word = 0; word < count; word++) {
            rank[word] = Collections.binarySearch(sorted, words.get(word));
        }
        for (int row = 0; row < codes.length; row++) {
            codes[row] = rank[codes[row]];
        }
        return new CsvTable.Category(sorted, codes);
    }
}
