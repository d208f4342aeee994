package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class InputsTest {
    @Test
    void everyFormReadsBackFromItsText() {
        for (var inputs : List.of(
                new Inputs.Float32(),
                new Inputs.Dynamic(),
                new Inputs.Static(new MinMax()),
                new Inputs.Static(new Percentile(99.9)),
                new Inputs.Static(new LeastSquares()),
                new Inputs.Static(new Entropy()))) {
            assertEquals(inputs, Inputs.parse(inputs.text()));
        }
        assertThrows(IllegalArgumentException.class, () -> Inputs.parse("static"));
        assertThrows(IllegalArgumentException.class, () -> Inputs.parse("static median"));
    }
}
