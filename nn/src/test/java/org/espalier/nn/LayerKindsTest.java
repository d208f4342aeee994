package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.io.FormatException;
import org.espalier.nn.model.ModelFile;
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
    void aKindOfYourOwnIsOneLine() throws FormatException {
        var kinds = LayerKinds.standard().with("power", plan -> new Power(plan.number("exponent")));
        var model = Sequential.of(Linear.of(1, 1), new Power(1.5f));
        var file = ModelFile.of(model).toBytes();

        assertEquals(model.toString(), ModelFile.read(file, kinds).model().toString());
        var e = assertThrows(FormatException.class, () -> ModelFile.read(file, LayerKinds.standard()));
        assertTrue(e.getMessage().contains("layer power1: config: unknown kind \"power\""), e.getMessage());
        assertEquals(model.toString(), Layers.copy(model).toString());
    }

    @Test
    void tablesDoNotChange() {
        LayerKinds.standard().with("power", plan -> new Power(1));

        assertThrows(FormatException.class, () -> LayerKinds.standard().build("power", null));
    }
}
