package org.espalier.prune.search;

import java.util.Optional;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.train.Objective;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.StageException;
import org.espalier.prune.training.Distillation;

/**
 * What one job came to.
 *
 * @param outcome how good and how small it is
 * @param file the pruned model, if there is one
 */
record Run(Outcome outcome, Optional<ModelFile> file) {
    private static final int CALIBRATION = 1000;
    private static final int CALIBRATION_BATCH = 100;

    /** Prunes a copy of a dense model as a job says. */
    static Run of(SearchSettings settings, SearchJob job, Layer dense) {
        try {
            return pruned(settings, job, dense);
        } catch (StageException | DivergenceException e) {
            return new Run(SearchRun.failed(job, e.getMessage()).outcome(), Optional.empty());
        }
    }

    private static Run pruned(SearchSettings settings, SearchJob job, Layer dense) {
        var candidate = settings.candidate(job.candidate());
        var model = Layers.copy(dense);
        var recipe = candidate.recipe(job.sparsity(), job.epochs());
        var objective = candidate.distilled()
                ? Distillation.of(dense, settings.loss)
                : Objective.of(settings.loss);
        var pipeline = Pipeline.of(model, recipe)
                .retrain(1, new PlannedRetraining(settings.plan, objective, settings.train))
                .calibrate(Calibration.of(settings.train, settings.loss, CALIBRATION_BATCH, CALIBRATION))
                .seed(job.seed());
        var report = pipeline.run();
        var file = Artifact.of(Shrink.of(model).model(), recipe, report);
        if (candidate.packing().isPresent()) {
            file = file.packed(
                    Candidate.parse(candidate.packing().get()), new Packing(Layout.ALL, Encoding.bfloat16()));
        }
        double size = size(settings, model, file);
        double before = settings.metric.of(dense, settings.validation);
        double after = settings.metric.of(file.model(), settings.validation);
        var outcome = new Outcome(
                candidate.name(), job.sparsity(), job.epochs(), job.seed(), before, after,
                drop(settings.metric, before, after), size,
                (int) ModelCost.of(file.model()).total().keptWeights(), Optional.empty());
        return new Run(outcome, Optional.of(file));
    }

    /**
     * What a model costs.
     *
     * @param masked as it was pruned, in its first shape
     * @param file as it is saved
     */
    static double size(SearchSettings settings, Layer masked, ModelFile file) {
        var cost = ModelCost.of(file.model()).total();
        return switch (settings.resource) {
            case WEIGHTS -> cost.keptWeights();
            case PARAMETERS -> cost.keptWeights() + cost.keptOthers();
            case FLOPS -> cost.keptFlops();
            case BYTES -> file.toBytes().length;
            case MICROSECONDS -> settings.costs.orElseThrow().micros(masked);
        };
    }

    private static double drop(Metric metric, double before, double after) {
        return metric.higherIsBetter() ? before - after : after - before;
    }
}
