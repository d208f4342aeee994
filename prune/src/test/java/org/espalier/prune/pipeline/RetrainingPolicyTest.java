package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    @Test
    void whatIsNotSaidIsThePipelines() {
        assertEquals(new RetrainingPolicy(OptionalInt.empty(), 1, OptionalDouble.empty()), RetrainingPolicy.USUAL);
        assertEquals(
                new RetrainingPolicy(OptionalInt.of(3), 2, OptionalDouble.of(0.01)),
                RetrainingPolicy.USUAL.epochs(3).epochsBetween(2).tolerance(0.01));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.USUAL.epochs(-1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.USUAL.epochsBetween(-1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.USUAL.tolerance(-0.1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.USUAL.tolerance(Double.NaN));
    }
}
