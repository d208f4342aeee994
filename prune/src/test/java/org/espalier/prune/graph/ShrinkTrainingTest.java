package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.BoundOptimizer;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Training a shrunk model goes on as if the units had never been there. */
class ShrinkTrainingTest {
    private static final List<Optimizer> RULES = List.of(
            Optimizer.sgd(1e-3f),
            Optimizer.sgd(1e-3f).momentum(0.9f).weightDecay(0.01f),
            Optimizer.adam(1e-3f),
            Optimizer.adamW(1e-3f),
            Optimizer.rmsProp(1e-3f));

    private static void train(Layer model, BoundOptimizer optimizer, int steps, long seed, int in, int out) {
        var random = new RandomModels(seed);
        for (int step = 0; step < steps; step++) {
            var x = random.inputs(5, in);
            var target = random.inputs(5, out);
            var loss = Loss.meanSquaredError().value(model.forward(x, Mode.training(Rng.of(step))), target);
            optimizer.step(loss.backward());
        }
    }

    @Test
    void withCarriedMomentsItGivesTheBitsOfTheMaskedModelForTwentySteps() {
        int removed = 0;
        for (long seed = 20; seed < 90; seed++) {
            var model = new RandomModels(seed).withoutDropout().model();
            maskUnits(model, seed);
            var rule = RULES.get((int) seed % RULES.size());
            int in = DependencyGraph.of(model).inputs();
            int out = model.forward(new RandomModels(seed).inputs(1, in)).dim(1);
            var optimizer = rule.bind(model);
            train(model, optimizer, 4, seed, in, out);

            var result = Shrink.of(model);
            if (becomesOneWide(result)) {
                continue;
            }
            removed += result.removed().size();
            var smaller = rule.bind(result.model());
            smaller.restore(result.carry(optimizer.state()));
            train(model, optimizer, 20, seed + 1000, in, out);
            train(result.model(), smaller, 20, seed + 1000, in, out);

            for (var parameter : model.parameters().entrySet()) {
                assertArrayEquals(
                        result.select(parameter.getKey(), parameter.getValue().value().detach()).toArray(),
                        result.model().parameters().get(parameter.getKey()).value().toArray(),
                        "seed " + seed + " " + parameter.getKey() + " of " + result.model());
            }
        }
        assertTrue(removed > 300, removed + " removed");
    }

    /** Sums over the rows of a single column run in another order than those over rows of several. */
    private static boolean becomesOneWide(ShrinkResult result) {
        return result.kept().values().stream().anyMatch(left -> Arrays.stream(left.after().dims())
                .anyMatch(dim -> dim == 1 && !left.all()));
    }

    /** Cuts units off on both sides: nothing is folded, so nothing is rounded. */
    private static void maskUnits(Layer model, long seed) {
        var random = new SplittableRandom(seed);
        var graph = DependencyGraph.of(model);
        for (var node : graph.nodes()) {
            for (int unit = 0; unit < node.out().size() && node.isProducer(); unit++) {
                if (random.nextInt(3) == 0 && graph.group(node.path(), unit).reason().isEmpty()) {
                    graph.mask(node.path(), unit);
                }
            }
        }
    }

    @Test
    void afterFoldingItGivesTheBitsOfAModelBuiltByHandWithoutTheUnit() {
        for (var rule : RULES) {
            var model = Sequential.of(
                    Linear.of(Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}), Tensor.vector(1, 5)),
                    Activation.relu(),
                    Linear.of(Tensor.matrix(new float[] {10, 100}), Tensor.vector(7)));
            MaskedModels.maskOut(model, "fc1.weight", 0, 1);
            var result = Shrink.of(model);
            var byHand = Sequential.of(
                    Linear.of(Tensor.matrix(new float[] {1, 2}), Tensor.vector(1)),
                    Activation.relu(),
                    Linear.of(Tensor.matrix(new float[] {10}), Tensor.vector(507)));
            assertEquals(withoutMasks(byHand), withoutMasks(result.model()));
            train(byHand, rule.bind(byHand), 20, 5, 2, 1);
            train(result.model(), rule.bind(result.model()), 20, 5, 2, 1);
            assertEquals(withoutMasks(byHand), withoutMasks(result.model()), rule.toString());
        }
    }

    private static StateDict withoutMasks(Layer model) {
        model.parameters().values().forEach(Parameter::clearMask);
        return StateDict.of(model);
    }

    @Test
    void momentsOfRemovedUnitsGoAndTheOthersKeepTheirBits() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 3);
        DependencyGraph.of(model).mask("fc1", 1);
        var optimizer = Optimizer.adam(1e-3f).bind(model);
        train(model, optimizer, 3, 1, 2, 1);
        var before = optimizer.state();
        var carried = Shrink.of(model).carry(before);
        assertEquals(before.steps(), carried.steps());
        float[] old = before.moments().get("fc1.weight").slots().get("exp_avg").toArray();
        assertArrayEquals(
                new float[] {old[0], old[1], old[4], old[5]},
                carried.moments().get("fc1.weight").slots().get("exp_avg").toArray());
        assertEquals(
                before.moments().get("fc2.bias").steps(), carried.moments().get("fc2.bias").steps());
    }
}
