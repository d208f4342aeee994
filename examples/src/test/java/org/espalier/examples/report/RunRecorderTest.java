package org.espalier.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Labels;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RunRecorderTest {
    private static final PruningReport NOTHING = new PruningReport(1, Map.of(), List.of(), List.of(),
            Optional.empty());

    @Test
    void countsWhatIsKeptOfALayer() throws IOException {
        var dense = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 3), 1, -4, 2, 0.5f, 3, -1)));
        var pruned = Layers.copy(dense);
        pruned.parameters().firstEntry().getValue()
                .assignMask(Mask.of(Shape.of(2, 3), new boolean[] {true, false, true, false, false, false}));

        var record = RunRecord.of("by hand", dense, pruned, NOTHING).build();

        var layer = record.pruned().layers().getFirst();
        assertEquals(2, layer.kept());
        assertEquals(List.of(2, 0), layer.keptByNeuron());
        assertEquals(1, layer.neuronsKept());
        assertEquals(2, layer.inputsKept());
        // bins are those of the dense model, from -4 to 4: 60 of width 2/15
        assertEquals(-4, layer.histogram().from());
        assertEquals(1, layer.histogram().counts().get((int) (5 / (8.0 / 60))));
        assertEquals(1, layer.histogram().counts().get((int) (6 / (8.0 / 60))));
        assertEquals(2, record.pruned().kept());
        assertEquals(6, record.dense().kept());
        assertEquals(1.5, record.inputs().orElseThrow().all().getFirst().dense());
        assertFalse(record.inputs().orElseThrow().all().get(1).read());
        assertTrue(record.inputs().orElseThrow().all().get(2).read());
        assertTrue(record.speed().isEmpty() && record.confusion().isEmpty() && record.packings().isEmpty());
    }

    @Test
    void countsAnswersByClass() throws IOException {
        // the identity: the larger input is the class
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
        var samples = Dataset.of(Tensor.of(Shape.of(3, 2), 2, 1, 1, 2, 3, 1), Labels.of(0, 1, 1));

        var record = RunRecord.of("by hand", model, model, NOTHING)
                .classes(List.of("left", "right"))
                .data("three rows", samples, samples)
                .build();

        assertEquals(List.of(List.of(1L, 0L), List.of(1L, 1L)), record.confusion().orElseThrow().dense());
        assertEquals(2 / 3.0, record.pruned().validation());
        // both of one class are the wrong way round but one: scores 1, -1, 2 for the classes 0, 1, 1
        assertEquals(0.5, record.curves().getFirst().rocAuc());
        assertTrue(Double.isNaN(record.pruned().test()));
    }

    @Test
    void aRecorderIsAValue() throws IOException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
        var first = RunRecord.of("by hand", model, model, NOTHING);

        assertEquals(List.of("left", "right"), first.classes(List.of("left", "right")).build().data().classes());
        assertEquals(List.of(), first.build().data().classes());
    }

    @Test
    void aTableNamesColumnsAndClasses() throws IOException {
        var record = new SmallRun(1).recorder().build();

        assertEquals("outcome", record.data().target());
        assertEquals(2, record.data().classes().size());
        assertTrue(record.data().columns().stream().anyMatch(column -> column.name().equals("job")));
        assertEquals(record.data().columns().size(), record.inputs().orElseThrow().all().size());
        assertEquals(List.of("dense float32", "smallest lossless", "gaps f32", "gaps int8"),
                record.packings().stream().map(RunRecord.PackingLine::packing).toList());
        assertEquals(record.pruned().validation(), record.packings().get(1).validation());
        assertTrue(record.recipe().contains("stage \"weights\""));
        assertEquals(List.of("dense", "neurons", "weights"),
                record.stages().stream().map(StageUnits.Stage::name).toList());
        assertEquals(64, record.fingerprints().get("pruned model").length());
    }
}
