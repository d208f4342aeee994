package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.BlockDrop;
import org.espalier.prune.criterion.Criteria;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.secondorder.OptimalBrainCompression;
import org.espalier.prune.secondorder.OptimalBrainSurgeon;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Allocations;
import org.espalier.prune.sparsity.Blocks;
import org.espalier.prune.sparsity.Cubic;
import org.espalier.prune.sparsity.Exponential;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.NM;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @Test
    void theTextIsForPeople() {
        var recipe = new Recipe(List.of(Stage.of(
                "global weights",
                Unstructured.global(Magnitude.l1()).sparsity(0.9).schedule(Cubic.steps(10)))
                .epochs(3)));

        assertEquals(
                """
                stage "global weights"
                  criterion magnitude l1
                  pattern weights
                  allocation global
                  amount sparsity 0.9
                  schedule cubic 10
                  floor 1 units, share 0.0
                  epochs 3
                  epochs-between 1
                """,
                recipe.toText());
    }

    @Test
    void everyRecipeReadsBack() {
        var stages = new ArrayList<Stage>();
        for (var criterion : Criteria.all()) {
            for (var allocation : Allocations.all()) {
                stages.add(Stage.of("stage " + stages.size(), Pruner.of(criterion, new Weights(), allocation))
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
                Pruner.of(Magnitude.L1, NM.poolsOf(32), Allocations.parse("per layer"))
                        .ofRemaining(0.2)
                        .schedule(Exponential.steps(5))
                        .floor(new Floor(2, 0.125))));
        stages.add(Stage.of("repair", Reconstructor.of(new OptimalBrainCompression(0.05), 0.75).layers("fc1")));
        stages.add(Stage.of("2:4", Reconstructor.nOfM(new SparseGpt(), 2, 4)));
        stages.add(Stage.of("all", Reconstructor.of(new OptimalBrainSurgeon(0.1), 0.5)));
        stages.add(Stage.of("int8", Reconstructor.of(new SparseGpt(), 0.5)).tolerance(0.01));
        stages.add(Stage.int8("round").epochs(2));
        stages.add(Stage.deploy("out", 1, 128).tolerance(0.5));
        stages.add(Stage.depth("blocks out", new BlockDrop(), 2).epochsBetween(0));
        stages.add(Stage.of("time", Pruner.of(Magnitude.L1, new Weights(), Allocations.parse("greedy"))
                .within(Resource.MICROSECONDS, 250)));
        stages.add(Stage.of("borne", Pruner.of(
                Magnitude.L1, new Weights(), Allocations.parse("sensitivity fc1 0.5:0.1; fc2 0.5:NaN"))
                .sparsity(0.2)));
        stages.add(Stage.of("edges", Pruner.of(Magnitude.L1, Blocks.of(3, 3), Allocations.parse("erk"))));
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
                stage "round"
                  kind quantization
                  epochs 1
                """,
                recipe.toText());
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
