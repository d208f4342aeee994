package org.espalier.prune.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.prune.Problems;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.BlockDrop;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.SparseTraining;
import org.espalier.trials.DamagedInputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged recipes, and damaged reports of pipelines, are read or refused. */
@Tag("trials")
@Timeout(value = 12, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecipeFuzzTest {
    /** A recipe for every kind of stage: short ones are read fast. */
    private static List<byte[]> recipes() {
        var stages = List.of(
                Stage.of("global weights", Unstructured.global(Magnitude.L1).sparsity(0.9)
                        .schedule(SparsitySchedule.cubic(10)).floor(new Floor(2, 0.125, false))).epochs(3),
                Stage.of("local", Structured.neurons(new Fpgm()).sparsity(Map.of("fc3", 0.5, "fc1", 1 / 3.0))),
                Stage.of("blocks", Structured.blocks(4, 1, Magnitude.L2).below(0.1).layers("fc1", "fc2")),
                Stage.of("pools", Pruner.of(Magnitude.L1, SparsityPattern.nm(32), Allocation.parse("per layer"))
                        .ofRemaining(0.2).schedule(SparsitySchedule.exponential(5))),
                Stage.of("borne", Pruner.of(Magnitude.L1, SparsityPattern.weights(),
                        Allocation.parse("sensitivity fc1 0.5:0.1; fc2 0.5:NaN")).sparsity(0.2)),
                Stage.of("time", Pruner.of(Magnitude.L1, SparsityPattern.weights(), Allocation.parse("greedy"))
                        .within(Resource.MICROSECONDS, 250)),
                Stage.of("repair", Reconstructor.nm(new SparseGpt(), 2, 4)).tolerance(0.01),
                Stage.training("moved", SparseTraining.parse("rigl, every 2, sparsity 0.5")),
                Stage.int8("round").epochs(2),
                Stage.depth("blocks out", new BlockDrop(), 2).epochsBetween(0),
                Stage.deploy("out", 1, 128));
        return stages.stream()
                .map(stage -> ("# a comment\n\n" + new Recipe(List.of(stage)).toText()).getBytes(UTF_8))
                .toList();
    }

    @Test
    void aDamagedRecipeIsReadOrRefused() throws Exception {
        new DamagedInputs<>("recipe", text -> Recipe.parse(new String(text, UTF_8)), RecipeException.class,
                // What was accepted can be written and says the same again.
                recipe -> assertEquals(recipe, Recipe.parse(recipe.toText()))).tryAll(recipes(), List.of());
    }

    @Test
    void aDamagedReportIsReadOrRefused() throws Exception {
        var report = Pipeline.of(Problems.network(7))
                .stage("here", Unstructured.global(Magnitude.L1).sparsity(0.5))
                .evaluate(Problems.loss())
                .run();
        new DamagedInputs<>("report", text -> Json.parse(new String(text, UTF_8)) instanceof Json.Obj json
                ? PruningReport.fromJson(json)
                : null, FormatException.class, RecipeFuzzTest::isWritten)
                .tryAll(List.of(report.toJson().compact().getBytes(UTF_8)), List.of());
    }

    private static void isWritten(PruningReport report) throws FormatException {
        if (report != null) {
            assertEquals(report, PruningReport.fromJson(report.toJson()));
        }
    }
}
