package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Blocks;
import org.espalier.prune.sparsity.Global;
import org.espalier.prune.sparsity.Inputs;
import org.espalier.prune.sparsity.Neurons;
import org.espalier.prune.sparsity.Uniform;
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
