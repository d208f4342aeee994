package org.espalier.tensor;

/**
 * Philox4x32-10: blocks of four words, one for each value of a counter. One at a time, and many together in loops that
 * the compiler can turn into vector instructions; the words are the same.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
final class Philox {
    /** How many blocks are computed together. */
    static final int LANES = 64;

    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /** One block: the 128-bit counter (low word {@code counter}, high word {@code stream}) under a 64-bit key. */
    static void block(long counter, long stream, long key, int[] out) {
        int c0 = (int) counter;
        int c1 = (int) (counter >>> 32);
        int c2 = (int) stream;
        int c3 = (int) (stream >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = M0 * (c0 & LOW);
            long p1 = M1 * (c2 & LOW);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += W0;
            k1 += W1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /** The blocks of {@value #LANES} counters, one after the other, into {@code out} from {@code at} on. */
    static void blocks(long counter, long stream, long key, int[] out, int at) {
        var c0 = new int[LANES];
        var c1 = new int[LANES];
        var c2 = new int[LANES];
        var c3 = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            c0[i] = (int) (counter + i);
            c1[i] = (int) (counter + i >>> 32);
            c2[i] = (int) stream;
            c3[i] = (int) (stream >>> 32);
        }
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            round(c0, c1, c2, c3, k0, k1);
            k0 += W0;
            k1 += W1;
        }
        for (int i = 0; i < LANES; i++) {
            out[at + 4 * i] = c0[i];
            out[at + 4 * i + 1] = c1[i];
            out[at + 4 * i + 2] = c2[i];
            out[at + 4 * i + 3] = c3[i];
        }
    }

    private static void round(int[] c0, int[] c1, int[] c2, int[] c3, int k0, int k1) {
        for (int i = 0; i < LANES; i++) {
            long p0 = M0 * (c0[i] & LOW);
            long p1 = M1 * (c2[i] & LOW);
            int high0 = (int) (p0 >>> 32) ^ c3[i] ^ k1;
            c0[i] = (int) (p1 >>> 32) ^ c1[i] ^ k0;
            c1[i] = (int) p1;
            c2[i] = high0;
            c3[i] = (int) p0;
        }
    }
}
