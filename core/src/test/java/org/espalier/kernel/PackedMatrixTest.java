package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.espalier.kernel.choice.KernelChoice;
import org.junit.jupiter.api.Test;

class PackedMatrixTest {
    @Test
    void itKnowsItsShape() {
        PackedMatrix packed = Kernels.scalar().pack(true, 3, 2, new float[6], 0, 3);
        assertEquals(3, packed.k());
        assertEquals(2, packed.n());
    }

    @Test
    void onlyItsMakerReadsIt() {
        var foreign = new PackedMatrix(Kernels.scalar(), 1, 1, new float[1]);
        var e = assertThrows(IllegalArgumentException.class, () -> foreign.dataFor(null));
        assertTrue(e.getMessage().contains("packed by scalar"), e.getMessage());
    }

    @Test
    void itKnowsWhetherAllElementsAreFinite() {
        var random = new Random(5);
        for (var kernels : KernelChoice.vector().map(KernelChoice::dense)
                .map(vector -> List.of(Kernels.scalar(), vector))
                .orElse(List.of(Kernels.scalar()))) {
            for (int n : new int[] {1, 7, 16, 20, 65, 83}) {
                float[] w = FloatBits.normal(random, n * 30 + 40);
                w[n * 30] = Float.NaN; // behind the matrix
                assertTrue(kernels.pack(true, 30, n, w, 0, 30).isFinite());
                assertTrue(kernels.pack(false, 30, n, w, 0, n).isFinite());
                for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                    w[random.nextInt(n * 30)] = bad;
                    var packed = kernels.pack(true, 30, n, w, 0, 30);
                    assertFalse(packed.isFinite());
                    assertFalse(packed.isFinite());
                }
            }
        }
    }

    @Test
    void productsWithItFollowTheDefinition() {
        var random = new Random(2);
        for (int trans = 0; trans < 8; trans++) {
            var product = Product.random(random, (trans & 1) != 0, (trans & 2) != 0, 5, 7, 9, 1, (trans & 4) != 0);
            product.assertBits(product.byDefinition(), product.byPacked(Kernels.scalar()));
        }
    }
}
