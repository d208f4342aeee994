package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theTextNamesKindsSizesAndChildren() throws FormatException {
        var residual = Residual.of(Linear.of(300, 300));
        var model = Sequential.of(Linear.of(784, 300), Activation.relu(), Dropout.of(0.5f), residual);

        var expected = Json.parse("""
                {"layer": {"kind": "sequential", "children": {
                    "fc1": {"kind": "linear", "in": 784, "out": 300},
                    "relu1": {"kind": "relu"},
                    "dropout1": {"kind": "dropout", "probability": 0.5},
                    "residual1": {"kind": "residual", "children": {
                        "body": {"kind": "linear", "in": 300, "out": 300}}}}}}""");
        assertEquals(expected.compact(), Architecture.of(model).compact());
    }

    @Test
    void aRepeatedLayerIsNamedOnceUnlessItHoldsNothing() {
        var shared = Linear.of(2, 2);

        assertEquals(
                "{\"layer\":{\"kind\":\"sequential\",\"children\":{"
                        + "\"fc1\":{\"kind\":\"linear\",\"in\":2,\"out\":2},\"relu1\":{\"kind\":\"relu\"},"
                        + "\"fc2\":{\"same\":\"fc1\"},\"relu2\":{\"kind\":\"relu\"}}}}",
                Architecture.of(Sequential.of(shared, Activation.relu(), shared, Activation.relu())).compact());
    }

    @Test
    void tiedParametersAreListed() throws FormatException {
        var embedding = Embedding.of(5, 3);
        var decoder = Linear.sharing(embedding.weight(), Parameter.of("bias", Tensor.zeros(Shape.of(5))));

        assertEquals(
                "{\"fc1.weight\":\"embedding1.weight\"}",
                Architecture.of(Sequential.of(embedding, decoder)).object("tied").compact());
    }

    @Test
    void aLayerWithoutDescriptionIsAnError() {
        Layer square = (x, mode) -> x.square();

        assertThrows(UnsupportedOperationException.class, () -> Architecture.of(Sequential.of(square)));
    }
}
