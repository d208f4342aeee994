package org.espalier.io;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The words of one CSV column, numbered in order of appearance.
 *
 * <p>Idea: an open-addressing hash table of word numbers; a word is compared as the bytes of its field, so a field that
 * repeats a known word allocates nothing. Cost: constant per field, twice the number of words in table slots.
 */
final class CsvLevels {

    /** Most different words in a column; a column with more is no category. */
    static final int MOST = 10_000;

    private static final int FIRST_TABLE = 64;
    private static final int FREE = -1;

    /**
     * Differs from run to run, so that no file can hold words prepared to fall into one slot; the codes do not show it.
     */
    private final int multiplier = new SplittableRandom().nextInt() | 1;

    private byte[] bytes = new byte[FIRST_TABLE];
    private int[] ends = new int[FIRST_TABLE / 2];
    private int count;
    private int[] table = empty(FIRST_TABLE);

    /** The number of a word: it is added if it is not there yet. */
    int add(byte[] text, int start, int end) {
        int slot = slotOf(text, start, end);
        if (table[slot] != FREE) {
            return table[slot];
        }
        if (count == ends.length) {
            grow();
            slot = slotOf(text, start, end);
        }
        int length = end - start;
        int begin = begin(count);
        if (begin + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, begin + length));
        }
        System.arraycopy(text, start, bytes, begin, length);
        ends[count] = begin + length;
        table[slot] = count;
        return count++;
    }

    /** The number of a word, or −1. */
    int find(byte[] text, int start, int end) {
        return table[slotOf(text, start, end)];
    }

    int count() {
        return count;
    }

    /** The words, by their numbers, as the bytes of their fields. */
    byte[][] fields() {
        var fields = new byte[count][];
        for (int word = 0; word < count; word++) {
            fields[word] = Arrays.copyOfRange(bytes, begin(word), ends[word]);
        }
        return fields;
    }

    /** Levels that are known: their numbers are their places in the list. */
    static CsvLevels of(Iterable<String> words, Charset charset) {
        var levels = new CsvLevels();
        for (String word : words) {
            byte[] field = CsvScanner.encode(charset, word);
            levels.add(field, 0, field.length);
        }
        return levels;
    }

    private int begin(int word) {
        return word == 0 ? 0 : ends[word - 1];
    }

    private int slotOf(byte[] text, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = multiplier * hash + text[i];
        }
        int slot = (hash ^ hash >>> 15 ^ hash >>> 23) & table.length - 1;
        while (table[slot] != FREE && !isWord(table[slot], text, start, end)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isWord(int word, byte[] text, int start, int end) {
        return Arrays.equals(bytes, begin(word), ends[word], text, start, end);
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * count);
        table = empty(2 * table.length);
        for (int word = 0; word < count; word++) {
            table[slotOf(bytes, begin(word), ends[word])] = word;
        }
    }

    private static int[] empty(int size) {
        var slots = new int[size];
        Arrays.fill(slots, FREE);
        return slots;
    }
}
