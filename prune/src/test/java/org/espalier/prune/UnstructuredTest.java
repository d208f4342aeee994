package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Erk;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Global;
import org.espalier.prune.sparsity.Lamp;
import org.espalier.prune.sparsity.NM;
import org.espalier.prune.sparsity.Uniform;
import org.espalier.prune.sparsity.Weights;
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
        assertEquals(NM.rows(), Unstructured.perRow(Magnitude.L1).pattern());
    }

    @Test
    void onlyRankingsOverLayersGuardAgainstCollapse() {
        assertEquals(Floor.units(1), Unstructured.global(Magnitude.L1).floor());
        assertEquals(Floor.NONE, Unstructured.perLayer(Magnitude.L1).floor());
    }

    @Test
    void nOfMIsASparsityInPools() {
        assertEquals(Amount.sparsity(0.75), Unstructured.nOfM(1, 4, Magnitude.L1).amount());
        assertEquals(NM.poolsOf(4), Unstructured.nOfM(1, 4, Magnitude.L1).pattern());
    }
}
