package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.Kernels;

/**
 * Sampled dense-dense matrix multiplication: dot products of gradients and inputs that stand in {@link OffHeapScratch},
 * the samples of a feature side by side. The lanes of as many of them as a vector has are collected and folded
 * together: a round of folding turns two registers into one that holds the halves of both, so sixteen results cost
 * fifteen additions on vectors of 16 lanes, and eight cost seven on vectors of 8.
 */
final class VectorSddmm {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorSddmm() {}

    /**
     * Writes a vector of sums for each of the entries [from, to), side by side, into {@code sums}: lanes that are
     * folded already as far as a vector is narrower than {@value Kernels#LANES} lanes.
     *
     * @param samples how many, at most 128; with what fills up sixteen lanes
     * @param strip where the rows of this block of columns begin in {@code offsets}
     * @param row a row, not behind that of the first entry
     * @param g the byte of the inputs where the gradients of row 0 begin
     * @param x the byte of the inputs where the block of columns begins
     */
    static void lanes(int samples, int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        VectorSddmmDots.run(samples / Kernels.LANES, from, to, offsets, strip, row, columns, g, x, sums);
    }

    /**
     * The sums of as many entries as a vector has lanes; their vectors begin at {@code from}.
     *
     * @param add whether they are added to what is there
     */
    static void fold(float[] sums, int from, boolean add, float[] out, int at) {
        switch (L) {
            case 16 -> Fold16.fold16(sums, from, add, out, at);
            case 8 -> Narrow.fold8(sums, from, add, out, at);
            default -> Narrow.fold4(sums, from, add, out, at);
        }
    }

    /** Where a fold may read both vectors at once: in one permutation. */
    private static final class Fold16 {
        private static final IntVector LOW8 = VectorTranspose512.LOW8;
        private static final IntVector HIGH8 = VectorTranspose512.HIGH8;
        private static final IntVector LOW4 = VectorTranspose512.LOW4;
        private static final IntVector HIGH4 = VectorTranspose512.HIGH4;
        private static final IntVector LOW2 = VectorTranspose512.LOW2;
        private static final IntVector HIGH2 = VectorTranspose512.HIGH2;
        private static final IntVector LOW1 = VectorTranspose512.LOW1;
        private static final IntVector HIGH1 = VectorTranspose512.HIGH1;

        private static void fold16(float[] sums, int from, boolean add, float[] out, int at) {
            IntVector a0 = FloatVector.fromArray(S, sums, from).reinterpretAsInts();
            IntVector a1 = FloatVector.fromArray(S, sums, from + 16).reinterpretAsInts();
            IntVector a2 = FloatVector.fromArray(S, sums, from + 32).reinterpretAsInts();
            IntVector a3 = FloatVector.fromArray(S, sums, from + 48).reinterpretAsInts();
            IntVector a4 = FloatVector.fromArray(S, sums, from + 64).reinterpretAsInts();
            IntVector a5 = FloatVector.fromArray(S, sums, from + 80).reinterpretAsInts();
            IntVector a6 = FloatVector.fromArray(S, sums, from + 96).reinterpretAsInts();
            IntVector a7 = FloatVector.fromArray(S, sums, from + 112).reinterpretAsInts();
            IntVector a8 = FloatVector.fromArray(S, sums, from + 128).reinterpretAsInts();
            IntVector a9 = FloatVector.fromArray(S, sums, from + 144).reinterpretAsInts();
            IntVector a10 = FloatVector.fromArray(S, sums, from + 160).reinterpretAsInts();
            IntVector a11 = FloatVector.fromArray(S, sums, from + 176).reinterpretAsInts();
            IntVector a12 = FloatVector.fromArray(S, sums, from + 192).reinterpretAsInts();
            IntVector a13 = FloatVector.fromArray(S, sums, from + 208).reinterpretAsInts();
            IntVector a14 = FloatVector.fromArray(S, sums, from + 224).reinterpretAsInts();
            IntVector a15 = FloatVector.fromArray(S, sums, from + 240).reinterpretAsInts();
            IntVector b0 = LOW8.selectFrom(a0, a8).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a0, a8).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b1 = LOW8.selectFrom(a1, a9).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a1, a9).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b2 = LOW8.selectFrom(a2, a10).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a2, a10).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b3 = LOW8.selectFrom(a3, a11).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a3, a11).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b4 = LOW8.selectFrom(a4, a12).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a4, a12).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b5 = LOW8.selectFrom(a5, a13).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a5, a13).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b6 = LOW8.selectFrom(a6, a14).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a6, a14).reinterpretAsFloats()).reinterpretAsInts();
            IntVector b7 = LOW8.selectFrom(a7, a15).reinterpretAsFloats()
                    .add(HIGH8.selectFrom(a7, a15).reinterpretAsFloats()).reinterpretAsInts();
            IntVector c0 = LOW4.selectFrom(b0, b4).reinterpretAsFloats()
                    .add(HIGH4.selectFrom(b0, b4).reinterpretAsFloats()).reinterpretAsInts();
            IntVector c1 = LOW4.selectFrom(b1, b5).reinterpretAsFloats()
                    .add(HIGH4.selectFrom(b1, b5).reinterpretAsFloats()).reinterpretAsInts();
            IntVector c2 = LOW4.selectFrom(b2, b6).reinterpretAsFloats()
                    .add(HIGH4.selectFrom(b2, b6).reinterpretAsFloats()).reinterpretAsInts();
            IntVector c3 = LOW4.selectFrom(b3, b7).reinterpretAsFloats()
                    .add(HIGH4.selectFrom(b3, b7).reinterpretAsFloats()).reinterpretAsInts();
            IntVector d0 = LOW2.selectFrom(c0, c2).reinterpretAsFloats()
                    .add(HIGH2.selectFrom(c0, c2).reinterpretAsFloats()).reinterpretAsInts();
            IntVector d1 = LOW2.selectFrom(c1, c3).reinterpretAsFloats()
                    .add(HIGH2.selectFrom(c1, c3).reinterpretAsFloats()).reinterpretAsInts();
            FloatVector e0 = LOW1.selectFrom(d0, d1).reinterpretAsFloats()
                    .add(HIGH1.selectFrom(d0, d1).reinterpretAsFloats());
            FloatVector before = FloatVector.fromArray(S, out, at);
            (add ? before.add(e0) : e0).intoArray(out, at);
        }
    }

    /** A fold by two blends and one permutation: what a blend takes from the other vector is swapped into its place. */
    private static final class Narrow {
        private static final VectorMask<Float> HIGH4 = high(4);
        private static final VectorMask<Float> HIGH2 = high(2);
        private static final VectorMask<Float> HIGH1 = high(1);
        private static final VectorShuffle<Float> SWAP4 = swap(4);
        private static final VectorShuffle<Float> SWAP2 = swap(2);
        private static final VectorShuffle<Float> SWAP1 = swap(1);

        private static VectorMask<Float> high(int distance) {
            var high = new boolean[L];
            for (int i = 0; i < L; i++) {
                high[i] = (i & distance) != 0;
            }
            return VectorMask.fromArray(S, high, 0);
        }

        private static VectorShuffle<Float> swap(int distance) {
            return VectorShuffle.fromOp(S, i -> (i ^ distance) % L);
        }

        private static void fold8(float[] sums, int from, boolean add, float[] out, int at) {
            FloatVector a0 = FloatVector.fromArray(S, sums, from);
            FloatVector a1 = FloatVector.fromArray(S, sums, from + L);
            FloatVector a2 = FloatVector.fromArray(S, sums, from + 2 * L);
            FloatVector a3 = FloatVector.fromArray(S, sums, from + 3 * L);
            FloatVector a4 = FloatVector.fromArray(S, sums, from + 4 * L);
            FloatVector a5 = FloatVector.fromArray(S, sums, from + 5 * L);
            FloatVector a6 = FloatVector.fromArray(S, sums, from + 6 * L);
            FloatVector a7 = FloatVector.fromArray(S, sums, from + 7 * L);
            FloatVector b0 = a0.blend(a4, HIGH4).add(a4.blend(a0, HIGH4).rearrange(SWAP4));
            FloatVector b1 = a1.blend(a5, HIGH4).add(a5.blend(a1, HIGH4).rearrange(SWAP4));
            FloatVector b2 = a2.blend(a6, HIGH4).add(a6.blend(a2, HIGH4).rearrange(SWAP4));
            FloatVector b3 = a3.blend(a7, HIGH4).add(a7.blend(a3, HIGH4).rearrange(SWAP4));
            FloatVector c0 = b0.blend(b2, HIGH2).add(b2.blend(b0, HIGH2).rearrange(SWAP2));
            FloatVector c1 = b1.blend(b3, HIGH2).add(b3.blend(b1, HIGH2).rearrange(SWAP2));
            FloatVector d = c0.blend(c1, HIGH1).add(c1.blend(c0, HIGH1).rearrange(SWAP1));
            FloatVector before = FloatVector.fromArray(S, out, at);
            (add ? before.add(d) : d).intoArray(out, at);
        }

        private static void fold4(float[] sums, int from, boolean add, float[] out, int at) {
            FloatVector a0 = FloatVector.fromArray(S, sums, from);
            FloatVector a1 = FloatVector.fromArray(S, sums, from + L);
            FloatVector a2 = FloatVector.fromArray(S, sums, from + 2 * L);
            FloatVector a3 = FloatVector.fromArray(S, sums, from + 3 * L);
            FloatVector b0 = a0.blend(a2, HIGH2).add(a2.blend(a0, HIGH2).rearrange(SWAP2));
            FloatVector b1 = a1.blend(a3, HIGH2).add(a3.blend(a1, HIGH2).rearrange(SWAP2));
            FloatVector d = b0.blend(b1, HIGH1).add(b1.blend(b0, HIGH1).rearrange(SWAP1));
            FloatVector before = FloatVector.fromArray(S, out, at);
            (add ? before.add(d) : d).intoArray(out, at);
        }
    }
}
