package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationQuantizationTest {
    @Test
    void everyFormReadsBackFromItsText() {
        for (var inputs : List.of(
                new ActivationQuantization.Float32(),
                new ActivationQuantization.Dynamic(),
                new ActivationQuantization.Static(new MinMax()),
                new ActivationQuantization.Static(new Percentile(99.9)),
                new ActivationQuantization.Static(new LeastSquares()),
                new ActivationQuantization.Static(new Entropy()))) {
            assertEquals(inputs, ActivationQuantization.parse(inputs.text()));
        }
        assertThrows(IllegalArgumentException.class, () -> ActivationQuantization.parse("static"));
        assertThrows(IllegalArgumentException.class, () -> ActivationQuantization.parse("static median"));
    }
}
