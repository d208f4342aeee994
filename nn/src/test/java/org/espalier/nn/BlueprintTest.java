package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BlueprintTest {
    private final LinkedHashMap<String, Layer> children = new LinkedHashMap<>();
    private final Blueprint plan = new Blueprint(
            Json.object()
                    .with("rows", 3)
                    .with("rate", 0.1)
                    .with("huge", 1L << 31)
                    .with("negative", -1)
                    .with("list", Json.array(4, 0)),
            children,
            (name, trainable, shape) -> trainable
                    ? Parameter.of(name, Tensor.zeros(shape))
                    : Parameter.buffer(name, Tensor.zeros(shape)));

    @Test
    void attributesAreReadAsWhatTheyAre() throws FormatException {
        assertEquals(3, plan.size("rows"));
        assertArrayEquals(new int[] {4, 0}, plan.sizes("list"));
        assertEquals(0.1f, plan.number("rate"));
        assertTrue(plan.attributes().has("huge"));
        assertThrows(FormatException.class, () -> plan.size("huge"));
        assertThrows(FormatException.class, () -> plan.size("negative"));
        assertThrows(FormatException.class, () -> plan.size("rate"));
        assertThrows(FormatException.class, () -> plan.size("missing"));
        assertThrows(FormatException.class, () -> plan.sizes("rows"));
        assertThrows(FormatException.class, () -> plan.number("missing"));
    }

    @Test
    void childrenAreFoundByName() throws FormatException {
        var relu = Activation.relu();
        children.put("body", relu);

        assertSame(relu, plan.child("body"));
        assertEquals(1, plan.children().size());
        assertThrows(FormatException.class, () -> plan.child("tail"));
        assertThrows(UnsupportedOperationException.class, () -> plan.children().clear());
    }

    @Test
    void parametersAreTrainableAndBuffersAreNot() throws FormatException {
        assertTrue(plan.parameter("weight", 2, 3).isTrainable());
        assertEquals(Shape.of(2, 3), plan.parameter("weight", 2, 3).shape());
        assertFalse(plan.buffer("running_mean", 2).isTrainable());
    }
}
