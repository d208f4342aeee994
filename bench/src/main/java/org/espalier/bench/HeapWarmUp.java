package org.espalier.bench;

/**
 * Writes to the heap before anything is measured. The system gives a page when it is first written to, which can take
 * tens of microseconds in a virtual machine; what allocates would be timed with that until it has gone through the
 * whole young generation.
 */
final class HeapWarmUp {
    /** Of the young generation: soon gone through, large enough for many steps of training. */
    static final String FLAG = "-Xmn128m";

    private static final int MEGABYTES = 256;

    private HeapWarmUp() {}

    /** Goes through the young generation and as much of the old one as training fills; leaves nothing there. */
    static int run() {
        var kept = new byte[MEGABYTES][];
        int bytes = 0;
        for (int i = 0; i < MEGABYTES; i++) {
            kept[i] = new byte[1 << 20];
            bytes += kept[i].length;
        }
        return bytes;
    }
}
