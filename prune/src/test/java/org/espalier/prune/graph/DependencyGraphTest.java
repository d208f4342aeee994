package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Init;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {

    @Test
    void aNeuronIsItsRowItsBiasItsNormAndTheColumnThatReadsIt() {
        var model = Sequential.of(Linear.of(2, 3), BatchNorm1d.of(3), Activation.relu(), Linear.of(3, 1));
        var group = DependencyGraph.of(model).group("fc1", 2);
        assertEquals(
                List.of(
                        new Slice("fc1.weight", 0, 2),
                        new Slice("fc1.bias", 0, 2),
                        new Slice("bn1.weight", 0, 2),
                        new Slice("bn1.bias", 0, 2)),
                group.producers());
        assertEquals(List.of(new Slice("fc2.weight", 1, 2)), group.consumers());
        assertEquals(Optional.empty(), group.reason());
    }

    @Test
    void aStreamHasAGroupForEachCoordinateNotForEachWriter() {
        var model = Sequential.of(Linear.of(2, 3), Residual.of(Linear.of(3, 3)), Linear.of(3, 4));
        var groups = DependencyGraph.of(model).groups();
        assertEquals(3 + 4, groups.size());
        assertEquals(
                List.of(
                        new Slice("fc1.weight", 0, 0),
                        new Slice("fc1.bias", 0, 0),
                        new Slice("residual1.body.weight", 0, 0),
                        new Slice("residual1.body.bias", 0, 0),
                        new Slice("residual1.body.weight", 1, 0),
                        new Slice("fc2.weight", 1, 0)),
                groups.getFirst().slices());
    }

    @Test
    void anInputIsTheColumnsThatReadIt() {
        var graph = DependencyGraph.of(Sequential.of(Linear.of(2, 3), Activation.relu()));
        assertEquals(2, graph.inputs());
        assertEquals(List.of(new Slice("fc1.weight", 1, 1)), graph.input(1).slices());
        assertThrows(IndexOutOfBoundsException.class, () -> graph.input(2));
    }

    @Test
    void obstaclesAreNamed() {
        var graph = DependencyGraph.of(Sequential.of(Linear.of(2, 3), LayerNorm.of(3), Linear.of(3, 1)));
        assertEquals(Optional.of(KeepReason.NORMALIZED_TOGETHER), graph.group("fc1", 0).reason());
        assertEquals(Optional.of(KeepReason.OUTPUT), graph.group("fc2", 0).reason());
    }

    @Test
    void whatASelectionPassesOnGoesWithItsSource() {
        var graph = DependencyGraph.of(Sequential.of(Linear.of(1, 2), FeatureSelect.of(2, 1, 1, 0), Linear.of(3, 1)));
        assertEquals(
                List.of(new Slice("fc2.weight", 1, 0), new Slice("fc2.weight", 1, 1)),
                graph.group("fc1", 1).consumers());
        var atTheEnd = DependencyGraph.of(Sequential.of(Linear.of(1, 2), FeatureSelect.of(2, 1)));
        assertEquals(Optional.of(KeepReason.OUTPUT), atTheEnd.group("fc1", 1).reason());
        assertEquals(Optional.empty(), atTheEnd.group("fc1", 0).reason());
    }

    @Test
    void maskingUnitsZeroesTheirRowsBiasesAndReaders() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 2));
        model.initialize(Init.heNormal(), 1);
        DependencyGraph.of(model).mask("fc1", 0, 2);
        assertEquals(Mask.of(Shape.of(3, 2), i -> i / 2 == 1), mask(model, "fc1.weight"));
        assertEquals(Mask.of(Shape.of(3), i -> i == 1), mask(model, "fc1.bias"));
        assertEquals(Mask.of(Shape.of(2, 3), i -> i % 3 == 1), mask(model, "fc2.weight"));
        assertTrue(model.parameters().get("fc2.bias").mask().isEmpty());
        assertEquals(2, Shrink.of(model).removedFrom("fc1"));
    }

    private static Mask mask(Sequential model, String name) {
        return model.parameters().get(name).mask().orElseThrow();
    }

    @Test
    void maskingRefusesOutputsAndUnknownUnitsAndChangesNothing() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 2));
        var graph = DependencyGraph.of(model);
        var before = StateDict.of(model);
        assertThrows(IllegalArgumentException.class, () -> graph.mask("fc2", 0));
        assertThrows(IllegalArgumentException.class, () -> graph.mask("fc1", 0, 3));
        assertThrows(IllegalArgumentException.class, () -> graph.mask("relu1", 0));
        assertThrows(IllegalArgumentException.class, () -> graph.group("fc3", 0));
        assertEquals(before, StateDict.of(model));
    }
}
