package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;

class InputMomentsTest {
    @Test
    void theInverseIsOfTwiceTheSumOfOuterProducts() {
        assertArrayEquals(
                new double[] {0.5, 0, 0, 0, 1, -0.5, 0, -0.5, 0.5}, SmallLayers.THREE.inverse(0), 1e-12);
    }

    @Test
    void dampingAddsAShareOfTheMeanDiagonal() {
        // The mean of the diagonal 2, 2, 4 is 8/3; with damping 3/4, λ = 2: the first element becomes 1/4.
        assertEquals(0.25, SmallLayers.THREE.inverse(0.75)[0], 1e-12);
    }

    @Test
    void theFactorIsUpperTriangularWithItsSquareTheInverse() {
        var moments = SmallLayers.random(6, 20, 1);
        var u = new DMatrixRMaj(6, 6, true, moments.factor(0.01));
        var inverse = new DMatrixRMaj(6, 6, true, moments.inverse(0.01));
        var square = inverse.createLike();
        CommonOps_DDRM.multTransA(u, u, square);

        assertTrue(MatrixFeatures_DDRM.isUpperTriangle(u, 0, 0));
        assertTrue(MatrixFeatures_DDRM.isIdentical(inverse, square, 1e-10));
    }

    @Test
    void theErrorIsTheSumOfSquaredChangesOfTheOutputs() {
        // The changes (−1, 0, 0.5) and (0, 1, 0) give −1, 0.5, 0.5 and 0, 1, 0 for the three samples.
        double error = SmallLayers.THREE.error(new double[] {1, 1, 1, 0, 0, 0}, new double[] {0, 1, 1.5, 0, 1, 0});

        assertEquals(1.5 + 1, error, 1e-12);
    }

    @Test
    void anInputThatIsAlwaysZeroIsDeadAndNoObstacle() {
        var moments = InputMoments.of("fc1", 2, List.of(new float[] {2, 0}, new float[] {1, 0}));

        assertFalse(moments.isDead(0));
        assertTrue(moments.isDead(1));
        assertArrayEquals(new double[] {0.1, 0, 0, 1}, moments.inverse(0), 1e-12);
    }

    @Test
    void inputsThatDoNotDetermineTheRepairAreAnErrorThatNamesTheLayer() {
        var moments = InputMoments.of("fc1", 2, List.of(new float[] {1, 1}));
        var e = assertThrows(FactorizationException.class, () -> moments.inverse(0));

        assertTrue(e.getMessage().startsWith("layer 'fc1': the 2 x 2 matrix"), e.getMessage());
        assertEquals(4, moments.inverse(0.01).length);
    }

    @Test
    void inputsThatAreNotNumbersAreAnError() {
        var moments = InputMoments.of("fc1", 2, List.of(new float[] {1, Float.NaN, 2, 3}));

        assertThrows(FactorizationException.class, () -> moments.factor(0.01));
    }
}
