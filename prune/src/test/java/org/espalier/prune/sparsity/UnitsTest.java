package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private static final Shape SHAPE = Shape.of(2, 3);
    private static final double[] ONE_TO_SIX = {1, 2, 3, 4, 5, 6};

    @Test
    void aSumGoesOverTheElementsOfAUnit() {
        assertArrayEquals(new double[] {6, 15}, rows(Optional.empty()).sum(ONE_TO_SIX));
        assertArrayEquals(new double[] {5, 7, 9},
                SparsityPattern.inputs().units(SHAPE, Optional.empty()).sum(ONE_TO_SIX));
    }

    @Test
    void maskedElementsDoNotCountEvenIfTheirContributionIsNotANumber() {
        var masked = rows(Optional.of(Mask.of(SHAPE, i -> i != 1)));

        assertArrayEquals(new double[] {4, 15}, masked.sum(new double[] {1, Double.NaN, 3, 4, 5, 6}));
        assertEquals(2, masked.size(0));
    }

    @Test
    void aUnitWithoutElementsIsRemoved() {
        var masked = rows(Optional.of(Mask.of(SHAPE, i -> i >= 3)));

        assertTrue(masked.isRemoved(0));
        assertFalse(masked.isRemoved(1));
        assertEquals(1, masked.removed());
        assertEquals("2 neurons of [2, 3], 1 removed", masked.toString());
    }

    @Test
    void aMaskKeepsTheElementsOfKeptUnitsAndNeverMoreThanTheEarlierMask() {
        var earlier = Mask.of(SHAPE, i -> i != 4);
        var mask = rows(Optional.of(earlier)).mask(row -> row == 1);

        assertEquals(Mask.of(SHAPE, i -> i == 3 || i == 5), mask);
        assertEquals(earlier, rows(Optional.of(earlier)).mask(row -> true));
    }

    @Test
    void contributionsMustFitTheWeight() {
        assertThrows(ShapeException.class, () -> rows(Optional.empty()).sum(new double[5]));
    }

    @Test
    void onlyMatricesHaveUnits() {
        var e = assertThrows(ShapeException.class,
                () -> SparsityPattern.weights().units(Shape.of(6), Optional.empty()));

        assertTrue(e.getMessage().contains("[6]"), e.getMessage());
    }

    private static Units rows(Optional<Mask> mask) {
        return SparsityPattern.neurons().units(SHAPE, mask);
    }
}
