package org.espalier.prune.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.PruningPlan;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;

/** One run of a pipeline. */
final class PipelineRun {
    private final StageContext context;
    private final List<Measure> measures;
    private final List<PipelineListener> listeners;
    private final Optional<Retraining> retraining;
    private final int epochs;
    private final long seed;

    /**
     * A run that works in a context.
     *
     * @param measures what is measured before and after each step; none for a plan
     */
    PipelineRun(
            StageContext context,
            List<Measure> measures,
            List<PipelineListener> listeners,
            Optional<Retraining> retraining,
            int epochs,
            long seed) {
        this.context = context;
        this.measures = List.copyOf(measures);
        this.listeners = List.copyOf(listeners);
        this.retraining = retraining;
        this.epochs = epochs;
        this.seed = seed;
    }

    PruningReport all(List<Stage> stages) {
        var report = start();
        for (int i = 0; i < stages.size(); i++) {
            report = next(report, stages, i);
        }
        return report;
    }

    /** As {@link #all}, saving each stage, from the last saved one on. */
    PruningReport resume(List<Stage> stages, PipelineDirectory directory) throws IOException {
        var saved = directory.latest(context.model());
        var report = saved.isPresent() ? saved.get().report() : start();
        if (saved.isPresent()) {
            saved.get().state().applyTo(context.model());
            report.stages().forEach(stage -> listeners.forEach(listener -> listener.stageResumed(stage)));
        }
        for (int i = report.stages().size(); i < stages.size(); i++) {
            report = next(report, stages, i);
            directory.save(context.model(), report);
        }
        return report;
    }

    private PruningReport start() {
        var model = context.model();
        return new PruningReport(seed, measure(model), LayerReport.of(model), List.of(), Optional.empty());
    }

    private PruningReport next(PruningReport report, List<Stage> stages, int index) {
        var stage = stages.get(index);
        listeners.forEach(listener -> listener.stageBegins(stage, index + 1, stages.size()));
        var done = run(stage, index, report);
        listeners.forEach(listener -> listener.stageEnds(done));
        return report.with(done);
    }

    private StageReport run(Stage stage, int index, PruningReport report) {
        var model = context.model();
        var work = named(stage, () -> StageWork.of(stage, context));
        var steps = new ArrayList<StepReport>();
        var good = StateDict.of(model);
        var goodLayers = report.layers();
        int goodStep = 0;
        List<CollapseRisk> held = List.of();
        for (int step = 1; step <= stage.steps(); step++) {
            int now = step;
            long roundSeed = Rng.of(seed).split(index).split(step).state().stream();
            var done = named(stage, () -> work.step(now, roundSeed));
            done.plan().ifPresent(plan -> listeners.forEach(listener -> listener.pruned(stage, now, plan)));
            held = done.plan().map(PipelineRun::held).orElse(List.of());
            var pruned = measure(work.result(model));
            retrain(work, stage, step, roundSeed);
            var after = work.retrained(done);
            var told = new StepReport(step, after.units(), after.removed(), pruned, measure(work.result(model)));
            steps.add(told);
            listeners.forEach(listener -> listener.retrained(stage, told));
            if (isTolerable(stage, report.before(), told.retrained())) {
                good = StateDict.of(model);
                goodLayers = work.layers(model);
                goodStep = step;
            }
        }
        if (goodStep != steps.size()) {
            good.applyTo(model);
        }
        return new StageReport(
                stage.name(),
                stage.description(),
                report.after(),
                steps,
                goodStep,
                goodLayers,
                work.facts(),
                risks(held, work.result(model)),
                named(stage, this::micros),
                goodStep == 0 ? Optional.empty() : work.formats(),
                Optional.of(work.inputScales()).filter(scales -> !scales.isEmpty()),
                work.asked());
    }

    private static List<CollapseRisk> held(PruningPlan plan) {
        return plan.risks().stream()
                .filter(risk -> risk.kind() == CollapseRisk.Kind.HELD_BY_FLOOR)
                .toList();
    }

    private List<CollapseRisk> risks(List<CollapseRisk> held, Layer result) {
        var risks = new ArrayList<>(held);
        risks.addAll(CollapseRisk.of(context.model()));
        equalPredictions(result).ifPresent(risks::add);
        return risks;
    }

    /** A model that no longer tells samples apart, though each of its layers may have weights. */
    private Optional<CollapseRisk> equalPredictions(Layer model) {
        var batches = context.calibration().batches();
        if (batches.isEmpty() || batches.getFirst().inputs().dim(0) < 2) {
            return Optional.empty();
        }
        var inputs = batches.getFirst().inputs();
        var outputs = NoGrad.call(() -> model.forward(inputs, Mode.inference()));
        int rows = inputs.dim(0);
        float[] values = Storage.array(outputs);
        int width = values.length / rows;
        for (int i = width; i < values.length; i++) {
            if (values[i] != values[i - width]) {
                return Optional.empty();
            }
        }
        return Optional.of(new CollapseRisk(CollapseRisk.Kind.EQUAL_PREDICTIONS, "", rows));
    }

    private OptionalDouble micros() {
        return context.costs()
                .map(costs -> OptionalDouble.of(costs.micros(context.model())))
                .orElse(OptionalDouble.empty());
    }

    private void retrain(StageWork work, Stage stage, int step, long roundSeed) {
        int steps = stage.steps();
        int rounds = step < steps ? stage.epochsBetween() : stage.epochs().orElse(epochs);
        if (retraining.isPresent() && rounds > 0) {
            var round = new Retraining.Round(stage.name(), step, steps, rounds, roundSeed);
            named(stage, () -> {
                work.retrain(context.model(), retraining.get(), round);
                return round;
            });
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted in stage '" + stage.name() + "'");
        }
    }

    private boolean isTolerable(Stage stage, Map<String, Double> before, Map<String, Double> now) {
        if (stage.tolerance().isEmpty()) {
            return true;
        }
        if (measures.isEmpty()) {
            throw new StageException(stage.name(), new IllegalArgumentException("a tolerance needs a measure"));
        }
        var first = measures.getFirst();
        // NaN compares as false: a model that diverged is not tolerable.
        return first.drop(before.get(first.name()), now.get(first.name())) <= stage.tolerance().getAsDouble();
    }

    private Map<String, Double> measure(Layer model) {
        return NoGrad.call(() -> {
            var values = new LinkedHashMap<String, Double>();
            measures.forEach(measure -> values.put(measure.name(), measure.of(model)));
            return values;
        });
    }

    private static <T> T named(Stage stage, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new StageException(stage.name(), e);
        }
    }
}
