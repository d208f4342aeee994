package org.espalier.kernelgen;

/** What a vector instruction set has: the budget of every tile. */
enum Registers {
    AVX512(32),
    AVX2(16),
    NEON(32);

    private final int count;

    Registers(int count) {
        this.count = count;
    }

    /** Refuses a tile whose sums, vectors of B and one broadcast of A do not fit. */
    void check(int rows, int vectors) {
        int needed = rows * vectors + vectors + 1;
        if (needed > count) {
            throw new IllegalArgumentException(
                    rows + " x " + vectors + " takes " + needed + " registers of " + count + " (" + this + ")");
        }
    }
}
