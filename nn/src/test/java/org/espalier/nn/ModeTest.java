package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class ModeTest {

    @Test
    void onlyTrainingHasRandomness() {
        var rng = Rng.of(1);

        assertTrue(Mode.training(rng).isTraining());
        assertSame(rng, Mode.training(rng).rng());
        assertFalse(Mode.inference().isTraining());
        assertThrows(IllegalStateException.class, () -> Mode.inference().rng());
        assertThrows(NullPointerException.class, () -> Mode.training(null));
    }

    @Test
    void aSparsePassIsTheSameOtherwise() {
        var rng = Rng.of(1);

        assertFalse(Mode.training(rng).isSparse());
        assertTrue(Mode.training(rng).sparse().isSparse());
        assertSame(rng, Mode.training(rng).sparse().rng());
        assertFalse(Mode.inference().sparse().isTraining());
    }
}
