package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.BlockDrop;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Gptq;
import org.espalier.prune.quantize.Observer;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.secondorder.OptimalBrainCompression;
import org.espalier.prune.secondorder.OptimalBrainSurgeon;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.BySensitivity;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @Test
    void theTextIsForPeople() {
        var recipe = new Recipe(List.of(Stage.of(
                "global weights",
                Unstructured.global(Magnitude.L1).sparsity(0.9).schedule(SparsitySchedule.cubic(10)))
                .epochs(3)));

        assertEquals(
                """
                stage "global weights"
                  criterion magnitude l1
                  pattern weights
                  allocation global
                  amount sparsity 0.9
                  schedule cubic 10
                  floor 1 units, share 0.0, connected
                  epochs 3
                """,
                recipe.toText());
    }

    @Test
    void everyRecipeReadsBack() {
        var stages = new ArrayList<Stage>();
        for (var criterion : Criterion.all()) {
            for (var allocation : Allocation.all()) {
                stages.add(
                        Stage.of("stage " + stages.size(), Pruner.of(criterion, SparsityPattern.weights(), allocation))
                                .epochs(stages.size())
                                .tolerance(0.001 * stages.size()));
            }
        }
        var byLayer = new LinkedHashMap<String, Double>();
        byLayer.put("fc3", 0.5);
        byLayer.put("fc1", 1 / 3.0);
        stages.add(Stage.of("local", Structured.neurons(new Fpgm()).sparsity(byLayer)));
        stages.add(Stage.of("blocks", Structured.blocks(4, 1, Magnitude.L2).below(0.1).layers("fc1", "fc2")));
        stages.add(Stage.of(
                "pools",
                Pruner.of(Magnitude.L1, SparsityPattern.nm(32), Allocation.parse("per layer"))
                        .ofRemaining(0.2)
                        .schedule(SparsitySchedule.exponential(5))
                        .floor(new Floor(2, 0.125, false))));
        stages.add(Stage.of("repair", Reconstructor.of(new OptimalBrainCompression(0.05), 0.75).layers("fc1")));
        stages.add(Stage.of("2:4", Reconstructor.nm(new SparseGpt(), 2, 4)));
        stages.add(Stage.of("all", Reconstructor.of(new OptimalBrainSurgeon(0.1), 0.5)));
        stages.add(Stage.of("int8", Reconstructor.of(new SparseGpt(), 0.5)).tolerance(0.01));
        stages.add(Stage.int8("round").epochs(2));
        stages.add(Stage.deploy("out", 1, 128).tolerance(0.5));
        stages.add(Stage.depth("blocks out", new BlockDrop(), 2).epochsBetween(0));
        stages.add(Stage.of("time", Pruner.of(Magnitude.L1, SparsityPattern.weights(), Allocation.parse("greedy"))
                .within(Resource.MICROSECONDS, 250)));
        stages.add(Stage.of("borne", Pruner.of(
                Magnitude.L1, SparsityPattern.weights(), Allocation.parse("sensitivity fc1 0.5:0.1; fc2 0.5:NaN"))
                .sparsity(0.2)));
        stages.add(Stage.of("edges", Pruner.of(Magnitude.L1, SparsityPattern.blocks(3, 3), Allocation.parse("erk"))));
        var recipe = new Recipe(stages);

        assertEquals(recipe, Recipe.parse(recipe.toText()));
        assertEquals(new Recipe(List.of()), Recipe.parse(""));
    }

    @Test
    void commentsAndBlankLinesAreSkippedAndWhatIsNotSaidIsUsual() {
        var recipe = Recipe.parse("# a comment\n\nstage \"a\"\n\n   amount   sparsity 0.5  \n");

        assertEquals(List.of(Stage.of("a", Unstructured.perLayer(Magnitude.L1).sparsity(0.5))), recipe.stages());
    }

    @Test
    void aKindOtherThanPruningIsSaid() {
        var recipe = new Recipe(List.of(
                Stage.of("repair", Reconstructor.of(new SparseGpt(64, 0.01), 0.5)), Stage.int8("round").epochs(1)));

        assertEquals(
                """
                stage "repair"
                  kind reconstruction
                  method sparsegpt block 64
                  sparsity 0.5
                  pattern weights
                stage "round"
                  kind quantization
                  weights int8
                  inputs float32
                  epochs 1
                """,
                recipe.toText());
    }

    @Test
    void textsOfEarlierVersionsRead() {
        var recipe = Recipe.parse("""
                stage "global weights"
                  criterion magnitude l1
                  pattern weights
                  allocation global
                  amount sparsity 0.9
                  schedule cubic 10
                  floor 1 units, share 0.0
                  epochs 3
                  epochs-between 1
                stage "rows"
                  criterion wanda
                  pattern pools of row
                  allocation sensitivity fc1 0.5:0.1 0.9:NaN; fc2 0.5:0.2
                  amount of remaining 0.5
                  schedule one-shot
                  floor 0 units, share 0.0
                stage "repair"
                  kind reconstruction
                  method sparsegpt block 64
                  sparsity 0.5
                stage "round"
                  kind quantization
                  rounding gptq in order block 64 damping 0.5
                  inputs static percentile 99.99
                """);

        assertEquals(
                List.of(
                        Stage.of("global weights", Unstructured.global(Magnitude.L1)
                                .sparsity(0.9)
                                .schedule(SparsitySchedule.cubic(10))
                                .floor(Floor.units(1))).epochs(3).epochsBetween(1),
                        Stage.of("repair", Reconstructor.of(new SparseGpt(64, 0.01), 0.5)),
                        Stage.quantization("round", Quantization.of(WeightFormat.int8())
                                .rounding(new Gptq(true, 64, 0.5))
                                .inputs(ActivationQuantization.fixed(Observer.percentile(99.99))))),
                List.of(recipe.stages().get(0), recipe.stages().get(2), recipe.stages().get(3)));
        assertEquals(Map.of(
                "fc1", List.of(new BySensitivity.Point(0.5, 0.1), new BySensitivity.Point(0.9, Double.NaN)),
                "fc2", List.of(new BySensitivity.Point(0.5, 0.2))),
                ((BySensitivity) ((PruningStage) recipe.stages().get(1)).pruner().allocation()).curves());
    }

    @Test
    void anOwnCriterionIsRefusedByItsClassUnlessItHasAName() {
        Criterion mine = context -> context.forEach(weight -> units -> new double[units.count()]);
        var recipe = new Recipe(List.of(Stage.of("own", Unstructured.global(mine).sparsity(0.5))));

        var e = assertThrows(StageException.class, recipe::toText);
        assertTrue(e.getMessage().startsWith("stage 'own': "), e.getMessage());
        assertTrue(e.getMessage().contains(RecipeTest.class.getName() + "$$Lambda"), e.getMessage());

        var named = recipe.naming("my criterion", mine);
        assertTrue(named.toText().contains("  criterion my criterion\n"), named.toText());
        assertEquals(named, Recipe.parse(named.toText(), named.names()));
        assertThrows(RecipeException.class, () -> Recipe.parse(named.toText()));
    }

    @Test
    void anOwnScheduleAndMethodAreRefusedToo() {
        var schedule = new SparsitySchedule() {
            @Override
            public int steps() {
                return 1;
            }

            @Override
            public double before(int step, double initial, double goal) {
                return initial;
            }
        };
        var pruning = new Recipe(List.of(Stage.of("own", Unstructured.global(Magnitude.L1).schedule(schedule))));
        assertTrue(assertThrows(StageException.class, pruning::toText).getMessage().contains("RecipeTest$1"));
        assertEquals(pruning.stages(),
                Recipe.parse(pruning.naming("once", schedule).toText(), pruning.naming("once", schedule).names())
                        .stages());
    }

    @Test
    void choicesThatDoNotFitTogetherAreNamedByTheirStage() {
        var e = assertThrows(
                RecipeException.class,
                () -> Recipe.parse("\nstage \"a\"\n  allocation global\n  amount below 0.5\n"));

        assertTrue(e.getMessage().startsWith("recipe line 2: "), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "amount sparsity 0.5",
        "stage a",
        "stage \"a\"\n  criterion size",
        "stage \"a\"\n  epochs many",
        "stage \"a\"\n  floor 1",
        "stage \"a\"\n  colour red",
        "stage \"a\"\n  epochs 1\n  epochs 2",
        "stage \"a\"\n  kind baking",
        "stage \"a\"\n  kind quantization\n  amount sparsity 0.5",
        "stage \"a\"\n  kind deploy\n  batches 1, none",
        "stage \"a\"\n  kind reconstruction\n  method sparsegpt block none"
    })
    void aLineThatIsNotUnderstoodIsNamed(String text) {
        var e = assertThrows(RecipeException.class, () -> Recipe.parse(text));

        assertTrue(e.getMessage().startsWith("recipe line " + text.lines().count() + ": "), e.getMessage());
    }
}
