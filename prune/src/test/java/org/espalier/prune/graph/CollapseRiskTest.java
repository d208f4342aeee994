package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class CollapseRiskTest {
    private static Sequential chain() {
        var model = Sequential.of(Linear.of(4, 3), Activation.relu(), Linear.of(3, 2));
        model.initialize(Init.heNormal(), 1);
        return model;
    }

    private static void keep(Sequential model, String weight, int count) {
        var parameter = model.parameters().get(weight);
        parameter.restrict(Mask.of(parameter.shape(), i -> i < count));
    }

    @Test
    void aModelWithAllItsWeightsHasNone() {
        assertEquals(List.of(), CollapseRisk.of(chain()));
    }

    @Test
    void anEmptyLayerCutsAllOutputs() {
        var model = chain();
        keep(model, "fc1.weight", 0);
        var risks = CollapseRisk.of(model);

        assertEquals(
                List.of(
                        new CollapseRisk(CollapseRisk.Kind.EMPTY_LAYER, "fc1", 0),
                        new CollapseRisk(CollapseRisk.Kind.CONSTANT_OUTPUTS, "", 2)),
                risks);
        assertEquals("layer collapse: layer 'fc1' has no weight left", risks.getFirst().text());
        assertEquals("layer collapse: 2 outputs are the same for every input", risks.getLast().text());
    }

    @Test
    void aRowThatIsGoneMakesItsOutputConstant() {
        var model = chain();
        keep(model, "fc2.weight", 3);

        assertEquals(List.of(new CollapseRisk(CollapseRisk.Kind.CONSTANT_OUTPUTS, "", 1)), CollapseRisk.of(model));
    }

    @Test
    void pathsThatDoNotMeetAreCutToo() {
        var model = chain();
        // The first layer makes neuron 0 alone, the second reads neuron 2 alone.
        keep(model, "fc1.weight", 4);
        var second = model.parameters().get("fc2.weight");
        second.restrict(Mask.of(second.shape(), i -> i % 3 == 2));

        assertEquals(List.of(new CollapseRisk(CollapseRisk.Kind.CONSTANT_OUTPUTS, "", 2)), CollapseRisk.of(model));
    }

    @Test
    void threeOfThirtyTwoWeightsIntoOneOutputAreThin() {
        var last = Linear.of(32, 1);
        assertEquals(
                java.util.Optional.of(new CollapseRisk(CollapseRisk.Kind.THIN_LAYER, "out", 3)),
                CollapseRisk.of("out", last.weight(), 3, 1));
        assertEquals(java.util.Optional.empty(), CollapseRisk.of("out", last.weight(), 4, 1));
    }

    @Test
    void fewerWeightsThanOutputsAreThin() {
        var model = chain();
        keep(model, "fc1.weight", 1);

        assertEquals(List.of(new CollapseRisk(CollapseRisk.Kind.THIN_LAYER, "fc1", 1)), CollapseRisk.of(model));
    }

    @Test
    void anEmptyLayerInABlockCutsNothing() {
        var model = Sequential.of(Linear.of(4, 3), Residual.of(Linear.of(3, 3)), Linear.of(3, 2));
        model.initialize(Init.heNormal(), 1);
        var block = model.parameters().keySet().stream()
                .filter(name -> name.contains("body"))
                .findFirst()
                .orElseThrow();
        keep(model, block, 0);

        assertEquals(1, CollapseRisk.of(model).size());
        assertEquals(CollapseRisk.Kind.EMPTY_LAYER, CollapseRisk.of(model).getFirst().kind());
    }
}
