package org.espalier.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The permute layout on vectors of 16 lanes: 32 rows in the lanes of two sums, the 32 inputs of a block in two
 * registers, and per slot one selection among them by the rows' indices and one multiply-add, so nothing is gathered
 * from memory. The inputs are selected as ints: the float form converts its indices first.
 */
final class VectorSparsePermute {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
    private static final int L = 16;
    private static final int COLUMNS = SparseKernels.PERMUTE_COLUMNS;
    private static final int ROWS = SparseKernels.PERMUTE_ROWS;

    private VectorSparsePermute() {}

    /**
     * The sums of all places, without bias.
     *
     * @param places rows, rounded up to whole groups
     * @param sums receives the sums; from {@code places} on it holds the inputs of an incomplete last block
     */
    static void sums(int places, int cols, int[] slots, byte[] indices, float[] values, float[] x, int xo,
            float[] sums) {
        int blocks = (cols + COLUMNS - 1) / COLUMNS;
        int whole = cols / COLUMNS;
        for (int place = 0; place < places; place += ROWS) {
            FloatVector s0 = FloatVector.zero(F);
            FloatVector s1 = FloatVector.zero(F);
            int first = place / ROWS * blocks;
            for (int b = 0; b < blocks; b++) {
                float[] from = b < whole ? x : sums;
                int at = b < whole ? xo + b * COLUMNS : places;
                IntVector x0 = FloatVector.fromArray(F, from, at).reinterpretAsInts();
                IntVector x1 = FloatVector.fromArray(F, from, at + L).reinterpretAsInts();
                int end = slots[first + b + 1] * ROWS;
                for (int s = slots[first + b] * ROWS; s < end; s += ROWS) {
                    IntVector i0 = (IntVector) ByteVector.fromArray(B, indices, s).castShape(I, 0);
                    IntVector i1 = (IntVector) ByteVector.fromArray(B, indices, s + L).castShape(I, 0);
                    FloatVector v0 = i0.selectFrom(x0, x1).reinterpretAsFloats();
                    FloatVector v1 = i1.selectFrom(x0, x1).reinterpretAsFloats();
                    s0 = FloatVector.fromArray(F, values, s).fma(v0, s0);
                    s1 = FloatVector.fromArray(F, values, s + L).fma(v1, s1);
                }
            }
            s0.intoArray(sums, place);
            s1.intoArray(sums, place + L);
        }
    }
}
