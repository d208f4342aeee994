package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.ScalarUpdates;

/**
 * The sweep of {@link ScalarUpdates} that clears what a mask does not keep, with the mask's bits as a vector mask. The
 * arithmetic of the updates themselves needs no vector code: its arrays share one index, so the compiler vectorizes it.
 */
final class VectorUpdates extends ScalarUpdates {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    @Override
    protected void clear(long[] kept, int from, int to, float[] x) {
        int start = Math.min(to, (from + L - 1) / L * L);
        int end = Math.max(start, to / L * L);
        super.clear(kept, from, start, x);
        for (int i = start; i < end; i += L) {
            VectorMask<Float> keep = VectorMask.fromLong(S, kept[i >> 6] >>> i);
            FloatVector.zero(S).blend(FloatVector.fromArray(S, x, i), keep).intoArray(x, i);
        }
        super.clear(kept, end, to, x);
    }
}
