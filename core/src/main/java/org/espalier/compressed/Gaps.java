package org.espalier.compressed;

import java.util.Arrays;

/**
 * Which elements of an array are kept, in a byte for each of them: how many are left out before it, 0 to 254. 255
 * skips 255 elements without an entry. The bytes go on until fewer than 256 elements are left,
 * so an array has at most 256 elements for a byte, and 255 more.
 *
 * <p>Source: S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016, arXiv 1510.00149, section 2. Deviation: what is
 * put in where a gap is too wide is no entry, so that zeros can be kept.
 */
final class Gaps {
    /** The byte, unsigned, that skips as many elements without an entry. */
    static final int FILLER = 255;

    private Gaps() {}

    /**
     * The gaps between elements.
     *
     * @param size elements of the array
     * @param kept the elements that are kept, ascending
     * @throws IllegalArgumentException if they do not ascend or are not all in the array
     */
    static byte[] encode(int size, int[] kept) {
        var gaps = new byte[kept.length + size / FILLER];
        int count = 0;
        int position = -1;
        for (int element : kept) {
            if (element <= position || element >= size) {
                throw new IllegalArgumentException(
                        "gaps: element " + element + " after " + position + ", of " + size + "; they must ascend");
            }
            for (; element - position > FILLER; position += FILLER) {
                gaps[count++] = (byte) FILLER;
            }
            gaps[count++] = (byte) (element - position - 1);
            position = element;
        }
        for (; size - 1 - position > FILLER; position += FILLER) {
            gaps[count++] = (byte) FILLER;
        }
        return Arrays.copyOf(gaps, count);
    }

    /**
     * The elements that are kept, ascending.
     *
     * @param size elements of the array
     * @throws IllegalArgumentException if the gaps lead beyond the array, or end 256 elements or more before its end
     */
    static int[] decode(byte[] gaps, int size) {
        check(gaps, size);
        var kept = new int[count(gaps)];
        int entries = 0;
        int position = -1;
        for (byte code : gaps) {
            int gap = code & 0xFF;
            position += gap == FILLER ? FILLER : gap + 1;
            if (gap != FILLER) {
                kept[entries++] = position;
            }
        }
        return kept;
    }

    /** How many elements are kept: the bytes that are no filler. */
    static int count(byte[] gaps) {
        int count = 0;
        for (byte gap : gaps) {
            count += (gap & 0xFF) == FILLER ? 0 : 1;
        }
        return count;
    }

    private static void check(byte[] gaps, int size) {
        long position = -1;
        for (byte code : gaps) {
            int gap = code & 0xFF;
            position += gap == FILLER ? FILLER : gap + 1;
        }
        if (position >= size || size - 1 - position > FILLER) {
            throw new IllegalArgumentException(
                    "gaps: they end at element " + position + " of " + size + ", not in the last 256");
        }
    }
}
