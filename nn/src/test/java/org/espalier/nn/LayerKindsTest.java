package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerKindsTest {

    private record Power(float exponent) implements Layer {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            return x.pow(exponent);
        }

        @Override
        public LayerConfig config() {
            return LayerConfig.of("power").with("exponent", exponent);
        }
    }

    @Test
    void aKindOfYourOwnIsOneLine() {
        var kinds = LayerKinds.standard().with("power", plan -> new Power(plan.number("exponent")));

        var model = Sequential.of(Linear.of(1, 1), new Power(1.5f));

        assertEquals(model.toString(), Layers.copy(model, kinds).toString());
        var e = assertThrows(IllegalArgumentException.class, () -> Layers.copy(model));
        assertTrue(e.getMessage().contains("layer power1: config: unknown kind \"power\""), e.getMessage());
    }

    @Test
    void tablesDoNotChange() {
        LayerKinds.standard().with("power", plan -> new Power(1));

        assertFalse(LayerKinds.standard().names().contains("power"));
        assertTrue(LayerKinds.standard().names().contains("linear"));
        assertThrows(UnsupportedOperationException.class, () -> LayerKinds.standard().names().clear());
    }
}
