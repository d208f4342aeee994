package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    @Test
    void whatIsNotSaidIsThePipelines() {
        assertEquals(new RetrainingPolicy(OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty()),
                RetrainingPolicy.DEFAULT);
        assertEquals(
                new RetrainingPolicy(OptionalInt.of(3), OptionalInt.of(2), OptionalDouble.of(0.01)),
                RetrainingPolicy.DEFAULT.epochs(3).epochsBetween(2).tolerance(0.01));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.DEFAULT.epochs(-1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.DEFAULT.epochsBetween(-1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.DEFAULT.tolerance(-0.1));
        assertThrows(IllegalArgumentException.class, () -> RetrainingPolicy.DEFAULT.tolerance(Double.NaN));
    }
}
