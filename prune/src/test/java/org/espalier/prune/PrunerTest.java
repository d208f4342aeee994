package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.parallel.Parallelism;
import org.espalier.prune.criterion.ActivationRate;
import org.espalier.prune.criterion.BatchNormScale;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.criterion.ScoreException;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Rng;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PrunerTest {
    private static final List<SparsityPattern> PATTERNS =
            List.of(SparsityPattern.weights(), SparsityPattern.neurons(), SparsityPattern.inputs(),
                    SparsityPattern.blocks(2, 2), SparsityPattern.nm(4));

    private final Sequential model = Problems.network(7);

    private static final List<Criterion> NEURONS_ONLY =
            List.of(new Fpgm(), ActivationRate.APOZ, ActivationRate.MEAN);

    @Test
    void planningDoesNotTouchTheModel() {
        var before = Problems.bits(model);
        Unstructured.global(Taylor.GROUP).sparsity(0.9).plan(model, Problems.calibration(), 7);

        assertEquals(before, Problems.bits(model));
    }

    @Test
    void pruningNothingLeavesEveryBitAndSetsNoMask() {
        var before = Problems.bits(model);
        for (var pattern : PATTERNS) {
            for (var allocation : Allocation.all()) {
                if (!pattern.isPooled() || allocation.isPerLayer()) {
                    Pruner.of(new RandomScore(), pattern, allocation).sparsity(0).plan(model).apply();
                }
            }
        }

        assertEquals(before, Problems.bits(model));
    }

    @Test
    void countsAreExactForEveryCriterionPatternAndAllocation() {
        var rng = Rng.of(3);
        for (var criterion : Criterion.all()) {
            for (var pattern : PATTERNS) {
                for (var allocation : Allocation.all()) {
                    boolean meaningless = pattern.isPooled() && !allocation.isPerLayer()
                            || criterion instanceof BatchNormScale
                            || NEURONS_ONLY.contains(criterion) && !(pattern instanceof SparsityPattern.Neurons);
                    if (!meaningless) {
                        double share = rng.nextInt(101) / 100.0;
                        var pruner = Pruner.of(criterion, pattern, allocation).floor(Floor.NONE).sparsity(share);
                        assertCounts(pruner.plan(model, Problems.calibration(), 7), pruner, share);
                    }
                }
            }
        }
    }

    private static void assertCounts(PruningPlan plan, Pruner pruner, double share) {
        if (!pruner.allocation().isPerLayer()) {
            assertEquals((int) Math.rint(share * plan.units()), plan.removed(), pruner.toString());
        } else if (!pruner.pattern().isPooled()) {
            for (var layer : plan.layers()) {
                assertEquals((int) Math.rint(share * plan.units(layer)), plan.removed(layer), pruner.toString());
            }
        }
    }

    @Test
    void twoOfFourKeepsTwoInEveryGroupOfFourInputs() {
        SemiStructured.nm(2, 4, Magnitude.L1).layers("fc1").plan(model).apply();
        var mask = model.parameters().get("fc1.weight").mask().orElseThrow();

        for (int row = 0; row < 5; row++) {
            for (int from = 0; from < 10; from += 4) {
                int kept = 0;
                for (int column = from; column < Math.min(10, from + 4); column++) {
                    kept += mask.keeps(row * 10 + column) ? 1 : 0;
                }
                assertEquals(from == 8 ? 1 : 2, kept);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> SemiStructured.nm(5, 4, Magnitude.L1));
    }

    @Test
    void aSparsityAskedForTwiceIsReachedOnceAndAShareOfTheRemainingTwice() {
        var half = Unstructured.perLayer(Magnitude.L1).sparsity(0.5).layers("fc1");
        half.plan(model).apply();
        half.plan(model).apply();
        assertEquals(25, model.parameters().get("fc1.weight").kept());

        Unstructured.perLayer(Magnitude.L1).ofRemaining(0.6).layers("fc1").plan(model).apply();
        assertEquals(10, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void masksOnlyShrink() {
        var parameter = model.parameters().get("fc1.weight");
        parameter.assignMask(Mask.of(parameter.shape(), i -> i % 3 != 0));
        var before = parameter.mask().orElseThrow();
        for (var pattern : PATTERNS) {
            Pruner.of(new RandomScore(), pattern, Allocation.parse("per layer")).sparsity(0.5).plan(model).apply();
            var now = parameter.mask().orElseThrow();
            assertEquals(now, now.and(before), pattern.text());
            before = now;
        }
    }

    @Test
    void removingANeuronRemovesItsRowAndItsBiasButNotTheOutputsOfTheModel() {
        var fc1 = model.parameters();
        fc1.get("fc1.bias").assign(Tensor.vector(1, 2, 3, 4, 5));
        Structured.neurons(Magnitude.L2).sparsity(0.4).plan(model).apply();

        var weight = fc1.get("fc1.weight").mask().orElseThrow();
        var bias = fc1.get("fc1.bias").mask().orElseThrow();
        assertEquals(3, bias.kept());
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 10; column++) {
                assertEquals(bias.keeps(row), weight.keeps(row * 10 + column));
            }
        }
        assertEquals(2, fc1.get("fc3.weight").kept(), "the column of the removed neuron of fc2 is gone");
        assertEquals(Optional.empty(), fc1.get("fc3.bias").mask());
    }

    @Test
    void aNeuronWithoutInputsKeepsItsBiasWhenOtherNeuronsAreRemoved() {
        var parameters = model.parameters();
        parameters.get("fc1.weight").assignMask(Mask.of(parameters.get("fc1.weight").shape(), i -> i >= 10));
        Structured.neurons(Magnitude.L2).sparsity(0.4).layers("fc1").plan(model).apply();

        var bias = parameters.get("fc1.bias").mask().orElseThrow();
        assertTrue(bias.keeps(0), "the first neuron still emits its bias");
        assertEquals(4, bias.kept());
    }

    @Test
    void withEveryWeightRemovedOnlyTheBiasPathIsLeft() {
        var bias = Tensor.vector(0.5f, -1, 2, 0, 3);
        model.parameters().get("fc1.bias").assign(bias);
        Unstructured.perLayer(Magnitude.L1).sparsity(1).plan(model).apply();
        var outputs = model.forward(Rng.of(1).normal(org.espalier.tensor.Shape.of(2, 10), 1)).toArray();

        assertEquals(model.parameters().get("fc3.bias").value().item(), outputs[0]);
        assertEquals(outputs[0], outputs[1]);
    }

    @Test
    void aGlobalRankingKeepsEveryLayerConnectedUnlessToldOtherwise() {
        Unstructured.global(Magnitude.L1).sparsity(1).plan(model).apply();
        // 10 → 5 → 3 → 1: as many weights as the larger side has.
        assertEquals(10, model.parameters().get("fc1.weight").kept());
        assertEquals(5, model.parameters().get("fc2.weight").kept());
        assertEquals(3, model.parameters().get("fc3.weight").kept());

        Unstructured.global(Magnitude.L1).sparsity(1).floor(Floor.units(1)).plan(model).apply();
        for (var layer : List.of("fc1.weight", "fc2.weight", "fc3.weight")) {
            assertEquals(1, model.parameters().get(layer).kept());
        }

        Unstructured.global(Magnitude.L1).sparsity(1).floor(Floor.NONE).plan(model).apply();
        assertEquals(0, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void rowsBelowANormGo() {
        model.parameters().get("fc2.weight").assign(Tensor.matrix(
                new float[] {0.05f, 0.05f, 0, 0, 0},
                new float[] {0.3f, 0, 0, 0.4f, 0},
                new float[] {0, 0, 0.0999f, 0, 0}));
        Structured.neurons(Magnitude.L2).below(0.1).layers("fc2").plan(model).apply();

        var mask = model.parameters().get("fc2.bias").mask().orElseThrow();
        assertEquals(Mask.of(mask.shape(), row -> row == 1), mask);
    }

    @Test
    void aScoreThatIsNotANumberIsAnErrorThatNamesCriterionWeightAndPlace() {
        var parameter = model.parameters().get("fc2.weight");
        var weights = parameter.value().toArray();
        weights[4] = Float.NaN;
        parameter.assign(Tensor.of(parameter.shape(), weights));
        var before = Problems.bits(model);
        var pruner = Unstructured.global(Magnitude.L1).sparsity(0.5);

        var e = assertThrows(ScoreException.class, () -> pruner.plan(model));
        assertTrue(e.getMessage().contains("magnitude l1"), e.getMessage());
        assertTrue(e.getMessage().contains("unit 4 of fc2.weight"), e.getMessage());
        assertEquals(before, Problems.bits(model));

        parameter.assignMask(Mask.of(parameter.shape(), i -> i != 4));
        assertEquals(34, pruner.plan(model).removed(), "a masked NaN is no concern: half of 68");
    }

    @Test
    void aLayerThatDoesNotExistIsAnErrorThatNamesThoseThatDo() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc9", 0.5)).plan(model));

        assertTrue(e.getMessage().contains("'fc9'") && e.getMessage().contains("fc1, fc2, fc3"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.perLayer(Magnitude.L1).sparsity(0.5).layers("relu1").plan(model));
    }

    @Test
    void aBudgetIsMetWithAsLittleRemovedAsPossible() {
        // The network has 68 weights and 9 biases.
        var global = Unstructured.global(Magnitude.L1).floor(Floor.units(1));
        assertEquals(48, global.within(Resource.WEIGHTS, 20).plan(model).removed());
        assertEquals(57, global.within(Resource.PARAMETERS, 20).plan(model).removed());
        assertEquals(48, global.within(Resource.FLOPS, 41).plan(model).removed());
        assertEquals(0, global.within(Resource.WEIGHTS, 68).plan(model).removed());

        for (var allocation : Allocation.all()) {
            for (var pattern : List.of(SparsityPattern.weights(), SparsityPattern.neurons())) {
                var pruner = Pruner.of(Magnitude.L1, pattern, allocation).floor(Floor.NONE);
                var plan = pruner.within(Resource.BYTES, 200).plan(model);
                assertTrue(ModelCost.of(model, plan.masks()).smallestBytes() <= 200, pruner.toString());
                var less = pruner.sparsity((plan.removed() - 2.0) / plan.units()).plan(model);
                assertTrue(ModelCost.of(model, less.masks()).smallestBytes() > 200, pruner.toString());
            }
        }
    }

    @Test
    void aBudgetThatCannotBeMetIsAnErrorThatSaysWhatIsLeft() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.global(Magnitude.L1).within(Resource.PARAMETERS, 11).plan(model));

        assertTrue(e.getMessage().contains("still leaves 27"), e.getMessage());
    }

    @Test
    void aPatternThatDoesNotFitIsAnErrorThatNamesTheLayer() {
        var blocks = Pruner.of(Magnitude.L1, new SparsityPattern.Blocks(1, 2, SparsityPattern.Remainder.REJECTED),
                Allocation.parse("per layer"));
        var e = assertThrows(ShapeException.class, () -> blocks.sparsity(0.5).plan(model));

        assertTrue(e.getMessage().startsWith("layer 'fc2': "), e.getMessage());
    }

    @Test
    void nonsenseIsRefused() {
        var global = Unstructured.global(Magnitude.L1);

        assertThrows(IllegalArgumentException.class, () -> global.plan(model), "no amount");
        assertThrows(IllegalArgumentException.class, () -> global.sparsity(1.1));
        assertThrows(IllegalArgumentException.class, () -> global.below(0.1));
        assertThrows(IllegalArgumentException.class, () -> global.sparsity(Map.of("fc1", 0.5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.global(Taylor.GROUP).sparsity(0.5).plan(model, Calibration.none(), 0));
    }

    @Test
    void aCriterionThatForgetsALayerOrAUnitIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.global(context -> Map.of()).sparsity(0.5).plan(model));
        assertThrows(
                IllegalArgumentException.class,
                () -> Unstructured.global(context -> context.forEach(target -> units -> new double[1]))
                        .sparsity(0.5)
                        .plan(model));
    }

    @Test
    void theMasksAreTheSameForAnyNumberOfThreads() {
        for (var criterion : Criterion.all()) {
            if (criterion instanceof BatchNormScale) {
                continue;
            }
            var masks = new HashSet<List<Object>>();
            for (int threads = 1; threads <= 3; threads++) {
                var copy = Problems.network(7);
                try (var parallel = Parallelism.of(threads)) {
                    parallel.run(() -> Structured.globalNeurons(criterion)
                            .sparsity(0.5)
                            .plan(copy, Problems.calibration(), 7)
                            .apply());
                }
                masks.add(Problems.bits(copy));
            }
            assertEquals(1, masks.size(), criterion.text());
        }
    }

    @Test
    void scoresThatCannotBeRankedAreRefusedByLayerAndUnit() {
        model.parameters().get("fc2.weight").assign(
                model.parameters().get("fc2.weight").value().times(0).plus(Float.POSITIVE_INFINITY));
        for (var allocation : Allocation.all()) {
            var pruner = Pruner.of(Magnitude.L1, SparsityPattern.weights(), allocation).sparsity(0.5);
            var e = assertThrows(ScoreException.class, () -> pruner.plan(model), allocation.text());
            assertTrue(e.getMessage().contains("unit 0 of fc2.weight (weights) is Infinity"), e.getMessage());
        }
    }

    @Test
    void keepingNineteenTwentiethsOfTenRemovesNone() {
        // A half goes to the even number, and 1 − 0.95 is 0.05.
        assertEquals(Amount.sparsity(0.05), Unstructured.perLayer(Magnitude.L1).keep(0.95).amount());
        assertEquals(0, Structured.inputs(Magnitude.L1).layers("fc1").keep(0.95).plan(model).removed());
    }

    @Test
    void aLayerThatWouldKeepAlmostNothingIsARiskOfThePlan() {
        var held = Unstructured.global(Magnitude.L1).sparsity(1).plan(model).risks();
        assertTrue(held.contains(new CollapseRisk(CollapseRisk.Kind.HELD_BY_FLOOR, "fc1", 10)), held.toString());

        var without = Unstructured.global(Magnitude.L1).sparsity(1).floor(Floor.NONE).plan(model).risks();
        assertTrue(without.contains(new CollapseRisk(CollapseRisk.Kind.EMPTY_LAYER, "fc1", 0)), without.toString());
        assertEquals(List.of(), Unstructured.perLayer(Magnitude.L1).sparsity(0.2).plan(model).risks());
    }

    @Test
    void eachChoiceCanBeChangedByItself() {
        var pruner = Unstructured.erk(Magnitude.L1).keep(0.25).layers("fc1").floor(Floor.units(2));

        assertEquals(Amount.sparsity(0.75), pruner.amount());
        assertEquals(new Scope(List.of("fc1")), pruner.scope());
        assertEquals(Floor.units(2), pruner.floor());
        assertInstanceOf(Amount.Below.class, Structured.neurons(Magnitude.L2).below(1).amount());
        assertEquals(new ArrayList<>(List.of("fc1")), pruner.plan(model).layers());
    }
}
