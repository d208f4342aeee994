package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarUpdates;

/**
 * The sweep of {@link ScalarUpdates} that clears what a mask does not keep, with the mask's bits as a vector mask. The
 * arithmetic of the updates themselves needs no vector code: its arrays share one index, so the compiler vectorizes it.
 */
final class VectorUpdates extends ScalarUpdates {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** In lane i, bit i. */
    private static final IntVector BITS =
            IntVector.broadcast(I, 1).lanewise(VectorOperators.LSHL, IntVector.zero(I).addIndex(1));

    @Override
    protected void clear(long[] kept, int from, int to, float[] x) {
        int start = Math.min(to, (from + L - 1) / L * L);
        int end = Math.max(start, to / L * L);
        super.clear(kept, from, start, x);
        if (L < Kernels.LANES) {
            clearNarrow(kept, start, end, x);
            super.clear(kept, end, to, x);
            return;
        }
        for (int i = start; i < end; i += L) {
            VectorMask<Float> keep = VectorMask.fromLong(S, kept[i >> 6] >>> i);
            FloatVector.zero(S).blend(FloatVector.fromArray(S, x, i), keep).intoArray(x, i);
        }
        super.clear(kept, end, to, x);
    }

    /** Without a mask from bits, which takes dozens of cycles on processors that have no mask registers. */
    private static void clearNarrow(long[] kept, int from, int to, float[] x) {
        for (int i = from; i < to; i += L) {
            IntVector bits = IntVector.broadcast(I, (int) (kept[i >> 6] >>> i)).and(BITS);
            IntVector elements = FloatVector.fromArray(S, x, i).reinterpretAsInts();
            IntVector.zero(I).blend(elements, bits.compare(VectorOperators.EQ, BITS)).reinterpretAsFloats()
                    .intoArray(x, i);
        }
    }
}
