package org.espalier.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StageUnitsTest {
    @Test
    void countsWhatEachStageLeaves() throws IOException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 3), 1, 2, 9, 8, 7, 3)));
        var units = StageUnits.of(model);

        Pipeline.of(model)
                .stage("half", Unstructured.global(Magnitude.L1).sparsity(0.5))
                .stage("more", Unstructured.perLayer(Magnitude.L1).sparsity(5 / 6.0))
                .listen(units)
                .run();

        var name = units.stages().getFirst().layers().getFirst().layer();
        // 9, 8 and 7 stay, then 9
        assertEquals(List.of(
                new StageUnits.Stage("dense", List.of(new StageUnits.Kept(name, 3, 2, 6))),
                new StageUnits.Stage("half", List.of(new StageUnits.Kept(name, 3, 2, 3))),
                new StageUnits.Stage("more", List.of(new StageUnits.Kept(name, 1, 1, 1)))), units.stages());
    }
}
