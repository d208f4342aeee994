package org.espalier.examples.tool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.espalier.examples.report.StageUnits;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.Costs;
import org.espalier.prune.deploy.LatencyBudget;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.PruningStage;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Resource;

/**
 * Prunes a trained model by a recipe, perhaps to a limit.
 *
 * @param model the trained model, which is not touched
 * @param parts what to retrain with and what to choose by
 * @param about what the file will say of columns and classes
 * @param training how to retrain
 * @param epochs after each stage
 * @param files in which form the result is written
 */
record PruneJob(Layer model, Data.Split parts, Map<String, String> about, TrainingOptions training, int epochs,
        FileOptions files) {
    private static final int CALIBRATION_ROWS = 1000;
    private static final int CALIBRATION_BATCH = 100;

    /** Steps of sparsity that a limit of bytes is searched in. */
    private static final int FINENESS = 10_000;

    /**
     * What came of it.
     *
     * @param model the pruned model, with its masks
     * @param recipe what was done, with the amount that a limit came to
     * @param report how it went
     * @param stages what each stage left
     * @param unmet which limit was not kept to, in words; empty if none
     */
    record Result(Layer model, Recipe recipe, PruningReport report, StageUnits stages, String unmet) {
        /** The same, but for a limit that was not kept to. */
        Result unmet(String limit) {
            return new Result(model, recipe, report, stages, limit);
        }
    }

    private Pipeline pipeline(Layer of, Recipe recipe) {
        var train = parts.train();
        var validation = parts.validation();
        return Pipeline.of(of, recipe)
                .retrain(epochs, Retraining.with(training.trainer(train, of, Math.max(1, epochs)), train.rows()))
                .evaluate(Measure.of(validation.metric(), validation.rows()))
                .calibrate(calibration())
                .seed(training.seed());
    }

    private Calibration calibration() {
        var train = parts.train();
        return Calibration.of(train.rows(), train.target().loss(), CALIBRATION_BATCH, CALIBRATION_ROWS);
    }

    /** What the recipe would leave, found without training. */
    PruningReport plan(Recipe recipe) {
        return pipeline(Layers.copy(model), recipe).plan();
    }

    /**
     * Prunes a copy.
     *
     * @param attempt from 1: each has its own state to go on from
     */
    Result run(Recipe recipe, JobProgress progress, RunState state, int attempt) throws IOException {
        var copy = Layers.copy(model);
        var stages = StageUnits.of(copy);
        progress.stages(recipe.stages(), epochs);
        var train = parts.train();
        var retraining = training.trainer(train, copy, Math.max(1, epochs)).listen(progress);
        try {
            var report = pipeline(copy, recipe)
                    .retrain(epochs, Retraining.with(retraining, train.rows()))
                    .listen(stages)
                    .listen(progress)
                    .resumeFrom(state.stages(attempt))
                    .run();
            return new Result(copy, recipe, report, stages, "");
        } catch (CancellationException e) {
            throw state.interrupted();
        } finally {
            progress.end();
        }
    }

    /** The recipe with an amount that keeps to a limit; a limit of time is met by {@link #runWithin}. */
    Recipe within(PruneTarget budget, Recipe recipe) throws IOException {
        var total = ModelCost.of(model).total();
        return switch (budget.kind()) {
            case BYTES -> withinBytes(budget.limit(files.file(model, about).toBytes().length), recipe);
            case WEIGHTS -> with(recipe, Amount.within(Resource.WEIGHTS, budget.limit(total.weights())));
            case PARAMETERS -> with(recipe, Amount.within(Resource.PARAMETERS, budget.limit(total.parameters())));
            case FLOPS -> with(recipe, Amount.within(Resource.FLOPS, budget.limit(total.flops())));
            case US -> with(recipe, Amount.within(Resource.MICROSECONDS, budget.limit(0)));
        };
    }

    /** The recipe of one stage with another amount. */
    private static Recipe with(Recipe recipe, Amount amount) {
        var stage = (PruningStage) recipe.stages().getFirst();
        return new Recipe(List.of(new PruningStage(stage.name(), stage.pruner().amount(amount), stage.policy())));
    }

    /** Halves the range of sparsities until the smallest one is found whose file keeps to a limit of bytes. */
    Recipe withinBytes(long limit, Recipe recipe) throws IOException {
        int low = 0;
        int high = FINENESS;
        while (low < high) {
            int middle = (low + high) / 2;
            if (fileBytes(with(recipe, amount(middle))) <= limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long bytes = fileBytes(with(recipe, amount(low)));
        if (bytes > limit) {
            throw new IllegalArgumentException("no file of this network takes " + limit
                    + " bytes or less: pruned to its floor it takes " + bytes
                    + "; --pack \"gaps int8\" makes it smaller, or a smaller network");
        }
        return with(recipe, amount(low));
    }

    private static Amount amount(int step) {
        return Amount.sparsity((double) step / FINENESS);
    }

    private long fileBytes(Recipe recipe) throws IOException {
        var copy = Layers.copy(model);
        var stage = (PruningStage) recipe.stages().getFirst();
        stage.pruner().plan(copy, calibration(), training.seed()).apply();
        var nothing = Pipeline.of(copy).seed(training.seed()).plan();
        return files.file(copy, about, recipe, nothing).toBytes().length;
    }

    /** Prunes copies until one answers a row within the time. */
    Result runWithin(PruneTarget budget, Recipe recipe, JobProgress progress, Output output) throws IOException {
        output.say("measure   what layers cost on this machine");
        var costs = Costs.measure(model, 1);
        var limit = LatencyBudget.of(budget.limit(0), 1);
        var last = new Result[1];
        var met = limit.meet(model, costs, (copy, table) -> last[0] = once(copy, recipe, table, progress));
        progress.end();
        met.attempts().forEach(attempt -> output.say("          predicted %.1f µs, measured %.1f µs",
                attempt.predicted(), attempt.measured()));
        return new Result(met.model(), recipe, last[0].report(), last[0].stages(), met.isMet()
                ? ""
                : "a row takes longer than " + limit.micros() + " µs: prune more, or neurons instead of weights");
    }

    private Result once(Layer copy, Recipe recipe, LatencyTable table, JobProgress progress) {
        var stages = StageUnits.of(copy);
        progress.stages(recipe.stages(), epochs);
        var train = parts.train();
        var report = pipeline(copy, recipe)
                .retrain(epochs, Retraining.with(
                        training.trainer(train, copy, Math.max(1, epochs)).listen(progress), train.rows()))
                .costs(table)
                .listen(stages)
                .listen(progress)
                .run();
        return new Result(copy, recipe, report, stages, "");
    }
}
