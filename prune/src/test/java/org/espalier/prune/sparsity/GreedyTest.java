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
                        new Greedy(), goal, Floor.NONE, ScoredLayers.row("a", 1, 2, 3, 4),
                        ScoredLayers.row("b", 0, 0)));
    }

    @Test
    void theTextReadsBack() {
        assertEquals(new Greedy(), Allocations.parse("greedy"));
    }

    @Test
    void withoutABudgetThereIsNothingToFind() {
        var layers = List.of(ScoredLayers.row("a", 1, 2));

        assertThrows(
                IllegalArgumentException.class,
                () -> new Greedy().keep(layers, ScoredLayers.sparsity(0.5), Floor.NONE));
    }
}
