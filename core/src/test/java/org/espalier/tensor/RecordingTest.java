package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
    @Test
    void everyOpIsRecordedWithItsTensors() {
        var x = Tensor.vector(1, -2);
        var one = Tensor.scalar(1);
        var results = new Tensor[2];
        var applied = Recording.of(() -> {
            results[0] = x.plus(one);
            results[1] = results[0].greater(x);
        });

        assertEquals(List.of("add", "greater"), applied.stream().map(op -> op.op().name()).toList());
        assertSame(x, applied.get(0).inputs().get(0));
        assertSame(results[0], applied.get(0).result());
        assertSame(results[0], applied.get(1).inputs().get(0));
        assertSame(results[1], applied.get(1).result());
    }

    @Test
    void gradientsDoNotMatter() {
        var x = Tensor.vector(1, -2).withGrad();

        assertEquals(1, Recording.of(x::relu).size());
        assertEquals(1, Recording.of(() -> NoGrad.run(x::relu)).size());
    }

    @Test
    void nothingIsRecordedOutside() {
        var applied = Recording.of(() -> {});
        Tensor.vector(1).relu();

        assertEquals(List.of(), applied);
    }

    @Test
    void anInnerRecordingKeepsItsOpsToItself() {
        var x = Tensor.vector(1);
        var outer = Recording.of(() -> {
            x.relu();
            assertEquals(1, Recording.of(x::exp).size());
        });

        assertEquals(1, outer.size());
    }
}
