package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.ScalarKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.kernel.vector.VectorKernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before, during and after the switch the results have the same bits. */
class WarmingKernelsTest {
    private static final int M = 13;
    private static final int N = 150;
    private static final int K = 70;

    private final float[] a = values(1, M * K);
    private final float[] b = values(2, N * K);
    private final float[] bias = values(3, N);
    private WarmingKernels kernels;

    @BeforeEach
    void needsTheVectorModule() {
        assumeTrue(KernelChoice.vector().isPresent(), "runs in the rounds with the vector module");
        kernels = new WarmingKernels(ScalarKernels.INSTANCE, VectorKernels.create(), idle());
    }

    /** A warm-up that never comes to work: families are switched over by the tests. */
    private static WarmUp idle() {
        return new WarmUp() {
            @Override
            void start(Runnable work) {}
        };
    }

    private void switchOver() {
        for (var kind : DenseFamily.Kind.values()) {
            kernels.family(kind).end(true);
        }
        for (int m : new int[] {1, 3, M}) {
            for (int n : new int[] {5, 40, N}) {
                kernels.packed(m, n).end(true);
                for (int stored = 0; stored < 4; stored++) {
                    kernels.product((stored & 1) != 0, (stored & 2) != 0, m, n).end(true);
                }
            }
        }
    }

    private static float[] values(long seed, int n) {
        var random = new Random(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private float[] layer(PackedMatrix packed) {
        var y = new float[M * N];
        kernels.linearPacked(M, a, 0, packed, bias, 0, FusedActivation.GELU, y, 0, N);
        return y;
    }

    private float[] expected() {
        var y = new float[M * N];
        Kernels.scalar().linear(M, N, K, a, 0, b, 0, bias, 0, FusedActivation.GELU, y, 0, N);
        return y;
    }

    @Test
    void aMatrixPackedBeforeTheSwitchCanBeReadBeforeAndAfterIt() {
        var packed = kernels.pack(true, K, N, b, 0, K);
        var before = layer(packed);
        switchOver();

        assertArrayEquals(expected(), before);
        assertArrayEquals(expected(), layer(packed));
    }

    @Test
    void everyFamilyRunsOnBothSidesWithoutAFault() {
        for (var kind : DenseFamily.Kind.values()) {
            run(kernels.family(kind));
        }
        for (int m : new int[] {1, 3, M}) {
            for (int n : new int[] {5, 40, N}) {
                run(kernels.packed(m, n));
                for (int stored = 0; stored < 4; stored++) {
                    run(kernels.product((stored & 1) != 0, (stored & 2) != 0, m, n));
                }
            }
        }
    }

    private static void run(Family family) {
        family.run(true);
        family.run(false);
    }

    @Test
    void onlyWhatIsUsedIsAskedFor() {
        var packed = kernels.pack(true, K, N, b, 0, K);
        layer(packed);

        assertTrue(kernels.packed(M, N).isPending());
        assertTrue(kernels.family(DenseFamily.Kind.GELU).isPending());
        assertTrue(kernels.packed(1, N).isCold());
        assertTrue(kernels.product(false, true, M, N).isCold());
        assertTrue(kernels.family(DenseFamily.Kind.TANH).isCold());
        assertFalse(kernels.settled());
    }

    @Test
    void aMatrixPackedByEitherSideGivesTheSameLayer() {
        var before = kernels.pack(true, K, N, b, 0, K);
        switchOver();
        var after = kernels.pack(true, K, N, b, 0, K);

        assertArrayEquals(expected(), layer(before));
        assertArrayEquals(expected(), layer(after));
    }

    @Test
    void accumulatingProductsOfATransposedOperandHaveTheSameBits() {
        var packed = kernels.pack(true, K, N, b, 0, K);
        var before = values(4, M * N);
        var after = before.clone();
        kernels.gemmPacked(true, M, a, 0, M, packed, true, before, 0, N);
        switchOver();
        kernels.gemmPacked(true, M, a, 0, M, packed, true, after, 0, N);

        assertArrayEquals(before, after);
    }

    @Test
    void anyFamilyMaySwitchAtAnyTime() {
        for (var kind : DenseFamily.Kind.values()) {
            float sum = kernels.sum(a, 0, a.length);
            var exponentials = new float[a.length];
            kernels.exp(a, 0, exponentials, 0, a.length);
            kernels.family(kind).end(true);
            var again = new float[a.length];
            kernels.exp(a, 0, again, 0, a.length);

            assertEquals(sum, kernels.sum(a, 0, a.length), kind.name());
            assertArrayEquals(exponentials, again, kind.name());
        }
    }

    @Test
    void itIsCalledByTheNameOfWhatItBecomes() {
        assertEquals(VectorKernels.create().name(), kernels.name());
    }
}
