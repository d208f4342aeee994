package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.prune.criterion.Magnitude;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final Pruner PRUNER = Unstructured.global(Magnitude.L1).sparsity(0.5);

    @Test
    void whatIsNotSaidIsThePipelines() {
        assertEquals(
                new Stage("a", PRUNER, OptionalInt.empty(), 1, OptionalDouble.empty()), Stage.of("a", PRUNER));
        assertEquals(
                new Stage("a", PRUNER, OptionalInt.of(3), 2, OptionalDouble.of(0.01)),
                Stage.of("a", PRUNER).epochs(3).epochsBetween(2).tolerance(0.01));
    }

    @Test
    void nonsenseIsRefused() {
        var stage = Stage.of("a", PRUNER);

        assertThrows(IllegalArgumentException.class, () -> stage.epochs(-1));
        assertThrows(IllegalArgumentException.class, () -> stage.epochsBetween(-1));
        assertThrows(IllegalArgumentException.class, () -> stage.tolerance(-0.1));
        assertThrows(IllegalArgumentException.class, () -> stage.tolerance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Stage.of(" ", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a \"b\"", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a\nb", PRUNER));
    }
}
