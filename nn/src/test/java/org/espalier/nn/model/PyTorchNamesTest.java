package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyTorchNamesTest {
    @Test
    void aNameIsThatOfALayerAndThatOfItsParameter() {
        assertEquals("net.fc1", PyTorchNames.layer("net.fc1.weight"));
        assertEquals("weight", PyTorchNames.local("net.fc1.weight"));
        assertEquals("", PyTorchNames.layer("weight"));
        assertEquals("weight", PyTorchNames.local("weight"));
        assertEquals("net.fc1.weight", PyTorchNames.join("net.fc1", "weight"));
        assertEquals("weight", PyTorchNames.join("", "weight"));
        assertTrue(PyTorchNames.isCounter("bn1.num_batches_tracked"));
        assertFalse(PyTorchNames.isCounter("num_batches_tracked.weight"));
    }

    @Test
    void pruningGivesAParameterTwoTensors() {
        assertEquals("weight", PyTorchNames.unmasked("weight"));
        assertEquals("weight", PyTorchNames.unmasked("weight_orig"));
        assertNull(PyTorchNames.unmasked("weight_mask"));
    }

    /** The first comes before the second. */
    @ParameterizedTest
    @CsvSource({
        "fc9, fc10", "fc90, fc100", "fc1, fc2", "a, b", "a, a1", "fc, fc0", "fc007, fc7", "fc7, fc008", "a/, a0",
        "a9, a:", "x2.y10, x10.y2", "x2.y9, x2.y10", "fc99999999999999999999, fc100000000000000000000", "conv9, fc1"
    })
    void numbersInNamesAreOrderedByTheirValue(String first, String second) {
        assertTrue(PyTorchNames.ORDER.compare(first, second) < 0);
        assertTrue(PyTorchNames.ORDER.compare(second, first) > 0);
        assertEquals(0, PyTorchNames.ORDER.compare(first, first));
    }

    @ParameterizedTest
    @CsvSource({
        "fc1, fc2, true", "fc10, fc9, true", "1.a, 2.b, true", "layer.2.fc, layer.10.fc, true", "one, two, false",
        "fc1, fc1, false", "fc, fc1, false", "fc1, fc1b, false", "a1, ab, false", "ab, a1, false", "fc1a, fc1b, false"
    })
    void onlyNumbersTellAnOrder(String first, String second, boolean tell) {
        assertEquals(tell, PyTorchNames.tellOrder(first, second));
    }

    @Test
    void aMaskIsWrittenAsZerosAndOnesBesideTheValues() throws Exception {
        var layer = Linear.of(2, 1);
        layer.weight().assign(Tensor.of(Shape.of(1, 2), 3, 5));
        layer.weight().assignMask(Mask.of(Shape.of(1, 2), i -> i == 1));
        var model = Sequential.of(BatchNorm1d.of(2), layer);
        var file = new PyTorchNames(true, true).tensors(model);
        assertArrayEquals(new float[] {0, 1}, file.raw("1.weight_mask").toFloats());
        assertArrayEquals(new float[] {0, 5}, file.raw("1.weight_orig").toFloats());
        assertEquals(DType.I64, file.raw("0.num_batches_tracked").dtype());
        assertArrayEquals(new long[] {0}, file.raw("0.num_batches_tracked").toLongs());
        assertEquals(Map.of("format", "pt"), file.metadata());
        assertArrayEquals(new float[] {0, 5},
                new PyTorchNames(false, false).tensors(model).raw("fc1.weight").toFloats());
        assertEquals(List.of("bias", "weight"),
                new PyTorchNames(false, false).tensors(layer).tensors().keySet().stream().sorted().toList());
    }
}
