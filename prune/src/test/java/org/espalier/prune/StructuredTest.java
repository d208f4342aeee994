package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.allocation.Global;
import org.espalier.prune.allocation.Uniform;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pattern.Blocks;
import org.espalier.prune.pattern.Inputs;
import org.espalier.prune.pattern.Neurons;
import org.junit.jupiter.api.Test;

class StructuredTest {
    @Test
    void eachNameStandsForAPatternAndAnAllocation() {
        assertEquals(new Neurons(), Structured.neurons(Magnitude.L2).pattern());
        assertEquals(new Uniform(), Structured.neurons(Magnitude.L2).allocation());
        assertEquals(new Global(), Structured.globalNeurons(Magnitude.L2).allocation());
        assertEquals(new Inputs(), Structured.inputs(Magnitude.L2).pattern());
        assertEquals(Blocks.of(4, 1), Structured.blocks(4, 1, Magnitude.L2).pattern());
    }
}
