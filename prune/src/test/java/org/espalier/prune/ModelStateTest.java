package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Linear;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class ModelStateTest {
    @Test
    void restoringBringsBackEveryBitAndMask() {
        var model = Problems.network(7);
        var dense = Problems.bits(model);
        var before = ModelState.of(model);
        Unstructured.global(Magnitude.l1()).sparsity(0.5).plan(model).apply();
        var pruned = Problems.bits(model);
        var after = ModelState.of(model);

        before.restore(model);
        assertEquals(dense, Problems.bits(model));
        after.restore(model);
        assertEquals(pruned, Problems.bits(model));
    }

    @Test
    void aStateSurvivesAFile() throws Exception {
        var model = Problems.network(7);
        Unstructured.global(Magnitude.l1()).sparsity(0.5).plan(model).apply();
        var file = SafeTensors.toBytes(TensorFile.of(ModelState.of(model).toTensors(), Map.of()));
        var other = Problems.network(8);
        ModelState.read(SafeTensors.read(file), other).restore(other);

        assertEquals(Problems.bits(model), Problems.bits(other));
    }

    @Test
    void aStateOfAnotherModelIsRefused() {
        var state = ModelState.of(Problems.network(7));

        assertThrows(IllegalArgumentException.class, () -> state.restore(Linear.of(2, 2)));
        assertThrows(
                FormatException.class,
                () -> ModelState.read(TensorFile.of(state.toTensors(), Map.of()), Linear.of(2, 2)));
    }

    @Test
    void aMaskOfTheWrongSizeIsRefused() {
        var model = Problems.network(7);
        var tensors = new LinkedHashMap<>(ModelState.of(model).toTensors());
        tensors.put("fc1.weight.mask", RawTensor.ofLongs(DType.I64, Shape.of(2), 1, 2));

        assertThrows(FormatException.class, () -> ModelState.read(TensorFile.of(tensors, Map.of()), model));
    }
}
