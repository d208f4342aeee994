package org.espalier.examples.report.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.examples.report.RunRecord;

/**
 * A part of the report and the figures it may have. A new figure is a class with a method {@code of} and a line here.
 */
enum Section {
    RESULT("Is it as good?", List.of(
            AccuracyFigure::of, StepsFigure::of, SeedsFigure::of, ClassesFigure::of, ConfusionFigure::of,
            CurvesFigure::roc, CurvesFigure::precision)),
    PRUNED("What was removed?", List.of(
            KeptFigure::of, NeuronsFigure::of, MasksFigure::of, HistogramFigure::of)),
    READ("What does it still look at?", List.of(PixelsFigure::of, ColumnsFigure::of)),
    SENSITIVE("Which layers are sensitive?", List.of(SensitivityFigure::of)),
    SMALL("Is it smaller?", List.of(PackingsFigure::of, LayersFigure::of)),
    FAST("Is it faster?", List.of(LatencyFigure::of, FormatsFigure::of, BreakEvenFigure::of)),
    TRAINED("How was it trained?", List.of(TrainingFigure::of));

    private final String title;
    private final List<Function<RunRecord, Optional<Figure>>> figures;

    Section(String title, List<Function<RunRecord, Optional<Figure>>> figures) {
        this.title = title;
        this.figures = figures;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The figures that the record has numbers for. */
    List<Figure> figures(RunRecord run) {
        return figures.stream().flatMap(figure -> figure.apply(run).stream()).toList();
    }
}
