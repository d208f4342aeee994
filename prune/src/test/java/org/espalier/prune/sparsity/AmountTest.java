package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @Test
    void fractionsAreTheDecimalsThatAreWrittenAndHalvesGoToEven() {
        assertEquals(0, Amount.count(0.05, 10));
        assertEquals(2, Amount.count(0.15, 10));
        assertEquals(58, Amount.count(0.575, 100));
        assertEquals(2, Amount.count(2.0 / 3, 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareOutsideZeroToOneIsRefused(double share) {
        assertThrows(IllegalArgumentException.class, () -> Amount.sparsity(share));
        assertThrows(IllegalArgumentException.class, () -> Amount.ofRemaining(share));
    }

    @Test
    void aBudgetCannotBeNegative() {
        assertThrows(IllegalArgumentException.class, () -> Amount.within(Resource.FLOPS, -1));
    }

    @Test
    void aThresholdMustBeANumber() {
        assertThrows(IllegalArgumentException.class, () -> Amount.below(Double.NaN));
    }

    @Test
    void anAmountByLayerIsForTheLayersItNames() {
        var amount = new Amount.ByLayer(Map.of("fc3", Amount.sparsity(0.5)));

        assertEquals(Optional.of(Amount.sparsity(0.5)), amount.of("fc3"));
        assertEquals(Optional.empty(), amount.of("fc1"));
        assertEquals(Optional.of(Amount.below(2)), Amount.below(2).of("fc1"));
    }
}
