package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconstructionTest {
    @Test
    void everyMethodReadsBackFromItsText() {
        var methods = List.of(
                new OptimalBrainCompression(),
                new OptimalBrainCompression(0.25),
                new OptimalBrainSurgeon(),
                new OptimalBrainSurgeon(0),
                new SparseGpt(),
                new SparseGpt(64, 0.01),
                new SparseGpt(1, 0));
        for (var method : methods) {
            assertEquals(method, Reconstruction.parse(method.text()));
        }
        assertEquals("sparsegpt block 1 damping 0.0", methods.getLast().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "obd", "obs block 3", "obc block 3",
        "sparsegpt block", "obc damping", "obc damping -1", "obc 0.1"})
    void anyOtherTextIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Reconstruction.parse(text));
    }
}
