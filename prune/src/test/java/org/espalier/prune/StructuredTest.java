package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class StructuredTest {
    @Test
    void eachNameStandsForAPatternAndAnAllocation() {
        assertEquals(SparsityPattern.neurons(), Structured.neurons(Magnitude.L2).pattern());
        assertEquals(Allocation.perLayer(), Structured.neurons(Magnitude.L2).allocation());
        assertEquals(Allocation.global(), Structured.globalNeurons(Magnitude.L2).allocation());
        assertEquals(SparsityPattern.inputs(), Structured.inputs(Magnitude.L2).pattern());
        assertEquals(SparsityPattern.blocks(4, 1), Structured.blocks(4, 1, Magnitude.L2).pattern());
    }
}
