package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreedyTest {
    @Test
    void amountsThatWereFoundAreTakenFromEachLayer() {
        var amounts = new LinkedHashMap<String, Amount>();
        amounts.put("a", Amount.sparsity(0.5));
        amounts.put("b", Amount.sparsity(0));
        var goal = Goal.of(new Amount.ByLayer(amounts));

        assertEquals(
                List.of(List.of(2, 3), List.of(0, 1)),
                ScoredLayers.kept(
                        Allocation.greedy(), goal, Floor.NONE, ScoredLayers.row("a", 1, 2, 3, 4),
                        ScoredLayers.row("b", 0, 0)));
    }

    @Test
    void theTextReadsBack() {
        assertEquals(Allocation.greedy(), Allocation.parse("greedy"));
    }

    @Test
    void withoutABudgetThereIsNothingToFind() {
        var layers = List.of(ScoredLayers.row("a", 1, 2));

        assertThrows(
                IllegalArgumentException.class,
                () -> Allocation.greedy().keep(layers, ScoredLayers.sparsity(0.5), Floor.NONE));
    }
}
