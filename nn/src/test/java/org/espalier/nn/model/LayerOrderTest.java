package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class LayerOrderTest {
    private static RawTensor floats(Shape shape, float... values) {
        return RawTensor.ofFloats(DType.F32, shape, values);
    }

    /** Weights 1·I, 2·I, 3·I: in alphabetical order they would be 1, 3, 2. */
    private static PyTorchFile threeSquares(String... names) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i < names.length; i++) {
            tensors.put(names[i] + ".weight", floats(Shape.of(2, 2), i + 1, 0, 0, i + 1));
            tensors.put(names[i] + ".bias", floats(Shape.of(2), 0, 0));
        }
        return PyTorchFile.of(TensorFile.of(tensors, Map.of()));
    }

    private static Sequential threeLayers() {
        return Sequential.of(Linear.of(2, 2), Linear.of(2, 2), Linear.of(2, 2));
    }

    @Test
    void anOrderThatNamesDoNotTellIsRefused() {
        var model = threeLayers();
        var before = StateDict.of(model);

        var problem = assertThrows(FormatException.class,
                () -> threeSquares("one", "two", "three").applyInOrder(model));

        assertEquals(
                "PyTorch tensors: \"one\" and \"three\" have the same sizes and names that do not tell their order; "
                        + "pass the names to applyTo(model, names), for the layers [fc1, fc2, fc3]",
                problem.getMessage());
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void theOrderOfAModelWrittenHereIsKnown() throws FormatException {
        var named = new LinkedHashMap<String, Layer>();
        for (var name : List.of("one", "two", "three")) {
            named.put(name, Linear.of(2, 2));
        }
        var model = Sequential.of(named);
        threeSquares("one", "two", "three").applyTo(model);
        var copy = threeLayers();

        PyTorchFile.of(model).applyInOrder(copy);

        assertEquals(3, StateDict.of(copy).value("fc3.weight").toArray()[0]);
    }

    @Test
    void layersOfDifferentSizesNeedNoOrder() throws FormatException {
        var model = Sequential.of(Linear.of(2, 3), Linear.of(3, 3), Linear.of(3, 3), Linear.of(3, 1));
        var tensors = new LinkedHashMap<String, RawTensor>();
        int value = 0;
        for (var layer : List.of("fc1:3:2", "fc2:3:3", "fc10:3:3", "out:1:3")) {
            var parts = layer.split(":");
            int out = Integer.parseInt(parts[1]);
            int in = Integer.parseInt(parts[2]);
            var weight = new float[out * in];
            Arrays.fill(weight, ++value);
            tensors.put(parts[0] + ".weight", floats(Shape.of(out, in), weight));
            tensors.put(parts[0] + ".bias", floats(Shape.of(out), new float[out]));
        }
        PyTorchFile.of(TensorFile.of(tensors, Map.of())).applyInOrder(model);

        for (int i = 1; i <= 4; i++) {
            assertEquals(i, StateDict.of(model).value("fc" + i + ".weight").toArray()[0]);
        }
        var reversed = Sequential.of(Linear.of(3, 1), Linear.of(2, 3), Linear.of(3, 3), Linear.of(3, 3));
        PyTorchFile.of(TensorFile.of(tensors, Map.of())).applyInOrder(reversed);
        var swapped = Sequential.of(Linear.of(3, 3), Linear.of(3, 3), Linear.of(2, 3), Linear.of(3, 1));
        var problem = assertThrows(FormatException.class,
                () -> PyTorchFile.of(TensorFile.of(tensors, Map.of())).applyInOrder(swapped));
        assertTrue(problem.getMessage().contains("would come before"), problem.getMessage());
    }

    @Test
    void asManyLayersOfEachSizeMustBeThere() {
        var tensors = new LinkedHashMap<String, RawTensor>();
        tensors.put("one.weight", floats(Shape.of(2, 2), 1, 2, 3, 4));
        tensors.put("two.weight", floats(Shape.of(1, 2), 5, 6));
        var file = PyTorchFile.of(TensorFile.of(tensors, Map.of()));
        var model = Sequential.of(Linear.withoutBias(2, 2), Linear.withoutBias(2, 2));
        var problem = assertThrows(FormatException.class, () -> file.applyInOrder(model));
        assertEquals("PyTorch tensors: has 1 layers [one] with {weight=[2, 2]}, the model has 2 [fc1, fc2]",
                problem.getMessage());
        var more = assertThrows(FormatException.class, () -> file.applyInOrder(Linear.withoutBias(2, 2)));
        assertEquals("PyTorch tensors: has the layers [one, two] but the model has []", more.getMessage());
    }
}
