package org.espalier.bench.peer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.bench.task.Probe;

/**
 * Loops that do one thing as often as the processor can: fused multiply-adds on registers, loads from one level of the
 * memory. Twelve and eight independent chains hide the latencies; nothing of ours stands between a loop and the API.
 */
final class VectorProbes {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorProbes() {}

    static int lanes() {
        return SPECIES.length();
    }

    /** {@link Probe#CHAINS} chains of {@link Probe#LANES} lanes, as {@link Probe#fmaChain}; the value of the last. */
    static float fmaChains(int steps) {
        float last = 0;
        for (int lanes = 0; lanes < Probe.LANES; lanes += SPECIES.length()) {
            last = register(steps);
        }
        return last;
    }

    private static float register(int steps) {
        var half = FloatVector.broadcast(SPECIES, 0.5f);
        var one = FloatVector.broadcast(SPECIES, 1f);
        var y0 = FloatVector.zero(SPECIES);
        var y1 = y0;
        var y2 = y0;
        var y3 = y0;
        var y4 = y0;
        var y5 = y0;
        var y6 = y0;
        var y7 = y0;
        var y8 = y0;
        var y9 = y0;
        var y10 = y0;
        var y11 = y0;
        // Different starting points, or the compiler would compute one chain for all.
        y1 = y1.sub(1f);
        y2 = y2.sub(2f);
        y3 = y3.sub(3f);
        y4 = y4.sub(4f);
        y5 = y5.sub(5f);
        y6 = y6.sub(6f);
        y7 = y7.sub(7f);
        y8 = y8.sub(8f);
        y9 = y9.sub(9f);
        y10 = y10.sub(10f);
        y11 = y11.sub(11f);
        for (int i = 0; i < steps; i++) {
            y0 = y0.fma(half, one);
            y1 = y1.fma(half, one);
            y2 = y2.fma(half, one);
            y3 = y3.fma(half, one);
            y4 = y4.fma(half, one);
            y5 = y5.fma(half, one);
            y6 = y6.fma(half, one);
            y7 = y7.fma(half, one);
            y8 = y8.fma(half, one);
            y9 = y9.fma(half, one);
            y10 = y10.fma(half, one);
            y11 = y11.fma(half, one);
        }
        // All converge to 2, so the largest is 2 as well, and every chain was needed.
        return y0.max(y1).max(y2).max(y3).max(y4.max(y5).max(y6).max(y7)).max(y8.max(y9).max(y10).max(y11))
                .reduceLanes(VectorOperators.MAX);
    }

    /** Fails unless short chains, whose values still differ, give what scalar arithmetic gives. */
    static void requireEqualChains() {
        for (int steps = 0; steps < 8; steps++) {
            float expected = Float.NEGATIVE_INFINITY;
            for (int chain = 0; chain < Probe.CHAINS; chain++) {
                float y = -chain;
                for (int i = 0; i < steps; i++) {
                    y = Math.fma(y, 0.5f, 1f);
                }
                expected = Math.max(expected, y);
            }
            if (fmaChains(steps) != expected) {
                throw new IllegalStateException("the vectors compute something else than the chains of the peak");
            }
        }
    }

    /** The sum of all values, several times over; the length is a multiple of eight vectors. */
    static float read(MemorySegment values, int passes) {
        float total = 0;
        for (int pass = 0; pass < passes; pass++) {
            total += sum(values);
        }
        return total;
    }

    private static float sum(MemorySegment values) {
        long step = SPECIES.vectorByteSize();
        var s0 = FloatVector.zero(SPECIES);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        var s5 = s0;
        var s6 = s0;
        var s7 = s0;
        long end = values.byteSize();
        for (long i = 0; i < end; i += 8 * step) {
            s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, values, i, ORDER));
            s1 = s1.add(FloatVector.fromMemorySegment(SPECIES, values, i + step, ORDER));
            s2 = s2.add(FloatVector.fromMemorySegment(SPECIES, values, i + 2 * step, ORDER));
            s3 = s3.add(FloatVector.fromMemorySegment(SPECIES, values, i + 3 * step, ORDER));
            s4 = s4.add(FloatVector.fromMemorySegment(SPECIES, values, i + 4 * step, ORDER));
            s5 = s5.add(FloatVector.fromMemorySegment(SPECIES, values, i + 5 * step, ORDER));
            s6 = s6.add(FloatVector.fromMemorySegment(SPECIES, values, i + 6 * step, ORDER));
            s7 = s7.add(FloatVector.fromMemorySegment(SPECIES, values, i + 7 * step, ORDER));
        }
        return s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7))).reduceLanes(VectorOperators.ADD);
    }
}
