package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.espalier.prune.Problems;
import org.espalier.prune.Pruner;
import org.espalier.prune.SemiStructured;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.BlockInfluence;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.GradientMagnitude;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.Scores;
import org.espalier.prune.criterion.Snip;
import org.espalier.prune.criterion.Wanda;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Gptq;
import org.espalier.prune.quantize.MinMax;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.secondorder.OptimalBrainCompression;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.training.RigL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user can get wrong: every error has a type, names the stage and, where there is one, the layer, and leaves the
 * model as it was, although a stage before it had already pruned.
 */
class ErrorsTest {
    /**
     * One mistake.
     *
     * @param name of it
     * @param mistake adds what is wrong, in a stage called {@code here}, to a pipeline without calibration
     * @param says parts of the message besides the stage
     */
    record Case(String name, UnaryOperator<Pipeline> mistake, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case pruning(String name, Pruner pruner, String... says) {
        return new Case(name, pipeline -> pipeline.stage("here", pruner), says);
    }

    private static Case calibrated(String name, Stage stage, String... says) {
        return new Case(name, pipeline -> pipeline.calibrate(Problems.calibration()).stage(stage), says);
    }

    private static Criterion nan(String layer) {
        return Criterion.ofEach("mine", target -> {
            var scores = new double[target.weight().size()];
            Arrays.fill(scores, 1);
            scores[scores.length - 1] = target.layer().equals(layer) ? Double.NaN : 1;
            return Scores.sum(scores);
        });
    }

    static Stream<Case> cases() {
        var cases = new ArrayList<Case>();
        cases.add(pruning("no amount", Unstructured.global(Magnitude.L1), "how much"));
        cases.add(pruning("an amount for a layer that is not there",
                Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc9", 0.5)), "fc9", "fc1, fc2, fc3"));
        cases.add(pruning("a scope with a layer that is not there",
                Unstructured.global(Magnitude.L1).layers("fc9").sparsity(0.5), "fc9", "fc1, fc2, fc3"));
        cases.add(pruning("a budget that cannot be met",
                Unstructured.global(Magnitude.L1).within(Resource.BYTES, 1), "bytes"));
        for (var pruner : List.of(
                Unstructured.global(nan("fc2")), Unstructured.perLayer(nan("fc2")), Unstructured.erk(nan("fc2")),
                Unstructured.lamp(nan("fc2")), Unstructured.perRow(nan("fc2")), Structured.neurons(nan("fc2")))) {
            cases.add(pruning("a score that is NaN, " + pruner.allocation().text(), pruner.sparsity(0.5),
                    "mine", "fc2", "NaN"));
        }
        cases.add(pruning("a pattern that does not divide the inputs",
                Pruner.of(Magnitude.L1, new SparsityPattern.NM(4, SparsityPattern.Remainder.REJECTED),
                        Allocation.perLayer()).sparsity(0.5),
                "fc1", "10"));
        for (var criterion : List.of(new Snip(), new Wanda(), new GradientMagnitude())) {
            cases.add(pruning(criterion.text() + " without calibration",
                    Unstructured.global(criterion).sparsity(0.5), criterion.text(), "calibrat"));
        }
        cases.add(new Case("reconstruction without calibration",
                pipeline -> pipeline.stage(Stage.of("here", Reconstructor.of(new SparseGpt(), 0.5))), "calibrat"));
        cases.add(new Case("second-order rounding without calibration",
                pipeline -> pipeline.stage(Stage.quantization("here",
                        Quantization.of(WeightFormat.int8()).rounding(new Gptq()))),
                "calibrat"));
        cases.add(calibrated("reconstruction of a layer that is not there",
                Stage.of("here", Reconstructor.of(new OptimalBrainCompression(), 0.5).layers("fc9")), "fc9"));
        cases.add(calibrated("reconstruction by a pattern that does not divide the inputs",
                Stage.of("here",
                        Reconstructor.nm(new SparseGpt(), 2, 4)
                                .pattern(new SparsityPattern.NM(4, SparsityPattern.Remainder.REJECTED))),
                "fc1", "10"));
        cases.add(new Case("a tolerance without a measure",
                pipeline -> pipeline.stage(Stage.of("here", Unstructured.global(Magnitude.L1).sparsity(0.5))
                        .tolerance(0.1)),
                "measure"));
        cases.add(new Case("inputs of 8 bits without calibration",
                pipeline -> pipeline.stage(Stage.quantization("here", Quantization.of(WeightFormat.int8())
                        .inputs(new ActivationQuantization.Static(new MinMax())))),
                "calibrat"));
        cases.add(calibrated("more blocks than there are", Stage.depth("here", new BlockInfluence(), 2), "block"));
        cases.add(calibrated("training without retraining", Stage.training("here", RigL.sparsity(0.5)), "retraining"));
        cases.add(new Case("something after deployment",
                pipeline -> pipeline.stage(Stage.deploy("here", 1))
                        .stage("after", Unstructured.global(Magnitude.L1).sparsity(0.5)),
                "after"));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStageAndTheLayerAreNamedAndTheModelIsAsItWas(Case one) {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var pipeline = one.mistake().apply(
                Pipeline.of(model).stage("before", Unstructured.global(Magnitude.L1).sparsity(0.2)));

        var e = assertThrows(StageException.class, pipeline::run);
        assertTrue(e.getMessage().startsWith("stage 'here': "), e.getMessage());
        for (String part : one.says()) {
            assertTrue(e.getMessage().contains(part), () -> "'" + part + "' is not in: " + e.getMessage());
        }
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void amountsOutsideTheirRangeAreRefusedBeforeThereIsAStage() {
        var global = Unstructured.global(Magnitude.L1);

        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> global.sparsity(share));
            assertThrows(IllegalArgumentException.class, () -> global.ofRemaining(share));
            assertThrows(IllegalArgumentException.class, () -> Reconstructor.of(new SparseGpt(), share));
            assertThrows(IllegalArgumentException.class, () -> RigL.sparsity(share));
            var e = assertThrows(IllegalArgumentException.class,
                    () -> Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc2", share)));
            assertTrue(e.getMessage().contains("fc2"), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> global.below(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> global.within(Resource.BYTES, -1));
        assertThrows(IllegalArgumentException.class, () -> Stage.depth("here", new BlockInfluence(), 0));
        assertThrows(IllegalArgumentException.class, () -> Stage.deploy("here", 0));
        assertThrows(IllegalArgumentException.class, () -> SemiStructured.nm(5, 4, Magnitude.L1));
    }
}
