package org.espalier.examples.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RowRunTest {
    /** 3 → 2 → 2, where neither the last input nor the second neuron has a weight; it says class 0 for x0 > 0. */
    private static Sequential model() {
        var first = Linear.of(3, 2);
        first.weight().assign(Tensor.of(Shape.of(2, 3), new float[] {1, 1, 0, 0, 0, 0}));
        first.weight().assignMask(Mask.of(Shape.of(2, 3), new boolean[] {true, true, false, false, false, false}));
        var last = Linear.of(2, 2);
        last.weight().assign(Tensor.of(Shape.of(2, 2), new float[] {1, 0, 0, 0}));
        last.weight().assignMask(Mask.of(Shape.of(2, 2), new boolean[] {true, false, false, false}));
        last.parameters().get("bias").assign(Tensor.of(Shape.of(2), new float[] {0, 0.5f}));
        return Sequential.of(first, Activation.relu(), last);
    }

    @Test
    void countsWhatIsKeptAndWhatIsWrong() throws Exception {
        var test = Dataset.of(
                Tensor.of(Shape.of(3, 3), new float[] {1, 0, 0, 0, 0, 9, 1, 1, 1}),
                Tensor.of(Shape.of(3), new float[] {0, 1, 1}));
        var run = RowRun.of("row", 1, ModelFile.of(model()), test);

        assertEquals(3, run.weights());
        assertEquals(6, run.flops());
        assertEquals(2, run.inputs());
        assertEquals("2-1-2", run.shape());
        assertEquals(List.of(2), run.wrong());
        assertEquals(100.0 / 3, run.error(), 1e-12);
        assertTrue(run.answers().isRight(0));
        assertFalse(run.answers().isRight(2));
        assertEquals(run, RowRun.fromJson(run.toJson().compact(), "test"));
    }
}
