package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.allocation.Erk;
import org.espalier.prune.allocation.Floor;
import org.espalier.prune.allocation.Global;
import org.espalier.prune.allocation.Lamp;
import org.espalier.prune.allocation.Uniform;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pattern.NofM;
import org.espalier.prune.pattern.Weights;
import org.espalier.prune.schedule.Amount;
import org.junit.jupiter.api.Test;

class UnstructuredTest {
    @Test
    void eachNameStandsForAnAllocationOfSingleWeights() {
        assertEquals(new Global(false), Unstructured.global(Magnitude.L1).allocation());
        assertEquals(new Global(true), Unstructured.globalNormalized(Magnitude.L1).allocation());
        assertEquals(new Uniform(), Unstructured.perLayer(Magnitude.L1).allocation());
        assertEquals(new Erk(), Unstructured.erk(Magnitude.L1).allocation());
        assertEquals(new Lamp(), Unstructured.lamp(Magnitude.L1).allocation());
        assertEquals(new Weights(), Unstructured.lamp(Magnitude.L1).pattern());
        assertEquals(NofM.rows(), Unstructured.perRow(Magnitude.L1).pattern());
    }

    @Test
    void onlyRankingsOverLayersGuardAgainstCollapse() {
        assertEquals(Floor.units(1), Unstructured.global(Magnitude.L1).floor());
        assertEquals(Floor.NONE, Unstructured.perLayer(Magnitude.L1).floor());
    }

    @Test
    void nOfMIsASparsityInPools() {
        assertEquals(Amount.sparsity(0.75), Unstructured.nOfM(1, 4, Magnitude.L1).amount());
        assertEquals(NofM.poolsOf(4), Unstructured.nOfM(1, 4, Magnitude.L1).pattern());
    }
}
