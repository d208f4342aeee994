package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {
    @Test
    void everyMethodReadsBackFromItsText() {
        var methods = List.of(
                new OptimalBrainQuantization(),
                new OptimalBrainQuantization(0.25),
                new Gptq(),
                new Gptq(true, 128, 0.01),
                new Gptq(false, 64, 0),
                new Gptq(true, 1, 0.5));
        for (var method : methods) {
            assertEquals(method, Rounding.parse(method.text()));
        }
        assertEquals("gptq in order block 1 damping 0.5", methods.getLast().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nearest", "obq block 3", "obq in order", "gptq block",
        "gptq block 0", "gptq damping -1"})
    void anyOtherTextIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rounding.parse(text));
    }
}
