package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.io.FormatException;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final Tensor INPUTS = Tensor.zeros(Shape.of(2, 3));
    private static final Verification ROWS =
            new Verification(INPUTS, Tensor.of(Shape.of(2, 2), 1, Float.NaN, 1000, Float.POSITIVE_INFINITY));

    private static void assertRefused(String complaint, Tensor now) {
        var e = assertThrows(FormatException.class, () -> ROWS.check("m", now));
        assertTrue(e.getMessage().startsWith("m: ") && e.getMessage().contains(complaint), e.getMessage());
    }

    @Test
    void roundingIsNoDifference() throws FormatException {
        ROWS.check("m", ROWS.outputs());
        ROWS.check("m", Tensor.of(Shape.of(2, 2), 1.00009f, Float.NaN, 1000.09f, Float.POSITIVE_INFINITY));
    }

    @Test
    void anythingElseIsRefusedWithItsPlace() {
        assertRefused("verification row 0: output 0 is 1.001, but was 1.0",
                Tensor.of(Shape.of(2, 2), 1.001f, Float.NaN, 1000, Float.POSITIVE_INFINITY));
        assertRefused("row 0: output 0 is NaN",
                Tensor.of(Shape.of(2, 2), Float.NaN, Float.NaN, 1000, Float.POSITIVE_INFINITY));
        assertRefused("row 0: output 1 is 0.0", Tensor.of(Shape.of(2, 2), 1, 0, 1000, Float.POSITIVE_INFINITY));
        assertRefused("row 1: output 1 is -Infinity",
                Tensor.of(Shape.of(2, 2), 1, Float.NaN, 1000, Float.NEGATIVE_INFINITY));
        assertRefused("outputs [2, 3]", Tensor.zeros(Shape.of(2, 3)));
    }

    @Test
    void rowsAndOutputsMustBelongTogether() {
        assertThrows(IllegalArgumentException.class, () -> new Verification(INPUTS, Tensor.zeros(Shape.of(3, 2))));
        assertThrows(IllegalArgumentException.class, () -> new Verification(Tensor.vector(1), Tensor.vector(1)));
        var none = Tensor.zeros(Shape.of(0, 2));
        assertThrows(IllegalArgumentException.class, () -> new Verification(none, none));
        assertEquals(Shape.of(2, 2), ROWS.outputs().shape());
    }

    @Test
    void outputsThatDoNotFitAreRefusedByTheirShape() throws FormatException {
        var complaint = "for its verification rows, but gave [2, 2] when it was saved";
        assertRefused("outputs [1, 4] " + complaint, Tensor.zeros(Shape.of(1, 4)));
        assertRefused("outputs [4] " + complaint, Tensor.zeros(Shape.of(4)));
        assertRefused("outputs [2, 1] " + complaint, Tensor.zeros(Shape.of(2, 1)));
        ROWS.check("m", ROWS.outputs().reshape(2, 1, 2));
    }

    /** The second row has the largest number, which allows 0.1 in it and not in the first. */
    @Test
    void eachRowHasATolerance() throws FormatException {
        var rows = new Verification(INPUTS, Tensor.of(Shape.of(2, 2), 0, -0.5f, -1000, 2));
        rows.check("m", Tensor.of(Shape.of(2, 2), 0.00009f, -0.5f, -1000, 2.09f));
        var row = assertThrows(FormatException.class,
                () -> rows.check("m", Tensor.of(Shape.of(2, 2), 0, -0.5f, -1000, 2.11f)));
        assertTrue(row.getMessage().startsWith("m: verification row 1: output 1 is 2.11"), row.getMessage());
        assertThrows(FormatException.class,
                () -> rows.check("m", Tensor.of(Shape.of(2, 2), 0.00011f, -0.5f, -1000, 2)));
    }

    @Test
    void bothSidesHaveRows() {
        assertThrows(IllegalArgumentException.class, () -> new Verification(INPUTS, Tensor.vector(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> new Verification(Tensor.vector(1, 2), INPUTS));
    }
}
