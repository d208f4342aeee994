package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void theUsualScopeIsEveryLayerButTheOutputsForNeurons() {
        assertEquals(List.of("fc1", "fc2", "fc3"), names(Scope.USUAL, SparsityPattern.weights()));
        assertEquals(List.of("fc1", "fc2"), names(Scope.USUAL, SparsityPattern.neurons()));
    }

    @Test
    void namedLayersComeInTheOrderOfTheModel() {
        assertEquals(List.of("fc1", "fc3"), names(Scope.of("fc3", "fc1"), SparsityPattern.neurons()));
    }

    @Test
    void nothingToPruneIsAnError() {
        assertThrows(IllegalArgumentException.class,
                () -> Scope.USUAL.targets(Linear.of(2, 3), SparsityPattern.neurons()));
        assertThrows(IllegalArgumentException.class, () -> names(Scope.of("fc4"), SparsityPattern.weights()));
    }

    private static List<String> names(Scope scope, SparsityPattern pattern) {
        return scope.targets(Problems.network(1), pattern).stream()
                .map(PrunableWeight::layer)
                .toList();
    }
}
