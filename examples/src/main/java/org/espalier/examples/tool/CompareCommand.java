package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.metrics.Answers;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Trials;
import org.espalier.nn.table.Target;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tests whether a model is as good as another, on the same rows. */
@Command(
        name = "compare",
        description = "Tests on the same rows whether a model is as good as another; exit code 3 unless it is shown "
                + "to be. Give rows that neither has learned from.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier compare dense.safetensors small.safetensors --data wine.csv --skip 100 --margin 0.02"
        })
final class CompareCommand implements Callable<Integer> {
    private static final double CONFIDENCE = 0.95;
    private static final int RESAMPLES = 2000;

    @Parameters(index = "0", paramLabel = "REFERENCE", description = "The model to be as good as.")
    private Path reference;

    @Parameters(index = "1", paramLabel = "MODEL", description = "The model in question.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(names = "--margin", paramLabel = "LOSS",
            description = "The loss that would not matter: of accuracy, or of a regression the share by which its "
                    + "squared error may grow. Default: ${DEFAULT-VALUE}.")
    private double margin = 0.01;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        if (!(margin >= 0)) {
            throw output.usage("--margin is 0 or more, not %s", margin);
        }
        var first = reading.read(reference);
        var second = reading.read(model);
        var all = data.read(first.schema().or(second::schema));
        var rows = all.test().isPresent() ? all.with(all.test().get()) : all;
        var verdict = rows.hasClasses()
                ? classes(first.model(), second.model(), rows)
                : numbers(first.model(), second.model(), rows);
        if (verdict != Comparison.Verdict.NOT_INFERIOR) {
            throw new CheckFailedException(model + (verdict == Comparison.Verdict.INFERIOR
                    ? " is worse than "
                    : " is not shown to be as good as ") + reference + " within a margin of " + margin
                    + (verdict == Comparison.Verdict.OPEN ? "; more rows, or a larger --margin, may decide it" : ""));
        }
        return Failures.GOOD;
    }

    private Comparison.Verdict classes(Layer first, Layer second, Data rows) {
        var answers = List.of(answers(first, rows), answers(second, rows));
        var comparison = new Trials(List.of(new Trials.Trial(0, answers.get(0), answers.get(1)))).compare(margin);
        var test = comparison.mcNemar().getFirst();
        output.say("%d rows", comparison.samples());
        output.say("%-12s accuracy %.4f   %s", "reference", comparison.dense().mean(), reference);
        output.say("%-12s accuracy %.4f   %s", "model", comparison.pruned().mean(), model);
        output.say("%-12s %.4f, with 95 %% confidence %.4f to %.4f", "loss", comparison.sampled().mean(),
                comparison.sampled().low(), comparison.sampled().high());
        output.say("%-12s p = %.4f: %d rows only the reference has right, %d only the model", "McNemar",
                test.pValue(), test.onlyFirst(), test.onlySecond());
        said(comparison.verdict());
        output.result(comparison::toJson);
        return comparison.verdict();
    }

    private static Answers answers(Layer model, Data rows) {
        var fitting = rows.fitting(model);
        return fitting.target() instanceof Target.MultiLabel
                ? Answers.ofLabels(model, fitting.rows())
                : Answers.of(model, fitting.rows());
    }

    /** The growth of the squared error, paired by row, resampled over rows. */
    private Comparison.Verdict numbers(Layer first, Layer second, Data rows) {
        double[] before = squares(first, rows);
        double[] after = squares(second, rows);
        double mean = Arrays.stream(before).average().orElse(0);
        var growth = new double[before.length];
        for (int i = 0; i < growth.length; i++) {
            growth[i] = (after[i] - before[i]) / Math.max(Double.MIN_NORMAL, mean);
        }
        var interval = Interval.bootstrap(CONFIDENCE, RESAMPLES, 0, growth);
        var verdict = interval.high() < margin
                ? Comparison.Verdict.NOT_INFERIOR
                : interval.low() > margin ? Comparison.Verdict.INFERIOR : Comparison.Verdict.OPEN;
        output.say("%d rows", growth.length);
        output.say("%-12s mean squared error %.6g   %s", "reference", mean, reference);
        output.say("%-12s mean squared error %.6g   %s", "model",
                Arrays.stream(after).average().orElse(0), model);
        output.say("%-12s %.2f %%, with 95 %% confidence %.2f to %.2f %%", "growth", 100 * interval.mean(),
                100 * interval.low(), 100 * interval.high());
        said(verdict);
        output.result(() -> Json.object().with("samples", growth.length).with("margin", margin)
                .with("growth", Json.object().with("mean", interval.mean()).with("low", interval.low())
                        .with("high", interval.high()))
                .with("verdict", verdict.name()));
        return verdict;
    }

    private static double[] squares(Layer model, Data rows) {
        var all = rows.fitting(model).rows().all();
        var outputs = NoGrad.call(() -> model.forward(all.inputs(), Mode.inference()));
        float[] given = Storage.array(outputs);
        float[] wanted = Storage.array(all.targets());
        var squares = new double[given.length];
        for (int i = 0; i < squares.length; i++) {
            double error = (double) given[i] - wanted[i];
            squares[i] = error * error;
        }
        return squares;
    }

    private void said(Comparison.Verdict verdict) {
        output.say("%-12s %s", "verdict", switch (verdict) {
            case NOT_INFERIOR -> "as good: the loss is less than " + margin;
            case INFERIOR -> "worse: the loss is more than " + margin;
            case OPEN -> "open: these rows do not decide whether the loss is less than " + margin;
        });
    }
}
