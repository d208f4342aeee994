package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTextTest {
    @Test
    void everyAmountReadsBackFromItsText() {
        var layers = new LinkedHashMap<String, Amount>();
        layers.put("fc2", Amount.sparsity(0.5));
        layers.put("block.fc1", Amount.below(1e-3));

        for (var amount : List.of(
                new Amount.Unset(),
                Amount.sparsity(0.9),
                Amount.ofRemaining(1 / 3.0),
                Amount.below(0.1),
                Amount.within(Resource.BYTES, 27_000),
                Amount.within(Resource.WEIGHTS, 0),
                new Amount.ByLayer(layers))) {
            assertEquals(amount, Amount.parse(amount.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "0.5", "sparsity", "sparsity x", "sparsity 1.5", "fc1: sparsity", "fc1: sparsity 1; 2", "within x bytes",
        "within 5 kilobytes"
    })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Amount.parse(text));
    }
}
