package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class UnstructuredTest {
    @Test
    void eachNameStandsForAnAllocationOfSingleWeights() {
        assertEquals(Allocation.global(), Unstructured.global(Magnitude.L1).allocation());
        assertEquals(Allocation.globalNormalized(), Unstructured.globalNormalized(Magnitude.L1).allocation());
        assertEquals(Allocation.perLayer(), Unstructured.perLayer(Magnitude.L1).allocation());
        assertEquals(Allocation.erk(), Unstructured.erk(Magnitude.L1).allocation());
        assertEquals(Allocation.lamp(), Unstructured.lamp(Magnitude.L1).allocation());
        assertEquals(SparsityPattern.weights(), Unstructured.lamp(Magnitude.L1).pattern());
        assertEquals(SparsityPattern.rows(), Unstructured.perRow(Magnitude.L1).pattern());
    }

    @Test
    void onlyRankingsOverLayersGuardAgainstCollapse() {
        assertEquals(Floor.CONNECTED, Unstructured.global(Magnitude.L1).floor());
        assertEquals(Floor.CONNECTED, Unstructured.globalNormalized(Magnitude.L1).floor());
        assertEquals(Floor.units(1), Unstructured.lamp(Magnitude.L1).floor());
        assertEquals(Floor.units(1), Unstructured.erk(Magnitude.L1).floor());
        assertEquals(Floor.NONE, Unstructured.perLayer(Magnitude.L1).floor());
    }
}
