package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CompilerQueueTest {
    @Test
    void methodsOfTheLibraryAreWaitedFor() {
        assertFalse(CompilerQueue.busy("Current compiles:\n\nC2 compile queue:\nEmpty\n"));
        assertFalse(CompilerQueue.busy("C2 CompilerThread0  1810  4  java.lang.String::startsWith (123 bytes)"));
        assertTrue(CompilerQueue.busy("1824  4  org.espalier.kernel.vector.Tiles::tile (12 bytes)"));
        assertTrue(CompilerQueue.busy("1824  4  jdk.incubator.vector.FloatVector::fma (12 bytes)"));
    }

    @Test
    void thisJvmTells() {
        assertTrue(CompilerQueue.busy().isPresent());
    }
}
