package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class FormatExceptionTest {

    @Test
    void theMessageNamesTheSourceAndThePlace() {
        var at = new FormatException("a.npy", 42, "expected a comma");
        assertEquals("a.npy, offset 42: expected a comma", at.getMessage());
        assertEquals("a.npy", at.source());
        assertEquals(42, at.offset());
    }

    @Test
    void aComplaintAboutTheWholeHasNoOffset() {
        var whole = new FormatException("a.npz", "no such array");
        assertEquals("a.npz: no such array", whole.getMessage());
        assertEquals(FormatException.NO_OFFSET, whole.offset());
    }

    @Test
    void theCauseIsKept() {
        var cause = new ArithmeticException();
        assertSame(cause, new FormatException("x", 0, "too large", cause).getCause());
    }
}
