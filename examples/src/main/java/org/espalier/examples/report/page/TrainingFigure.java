package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.train.EpochRecord;

/** The epochs of the dense model. */
final class TrainingFigure {
    private TrainingFigure() {}

    static Optional<Figure> of(RunRecord run) {
        if (run.training().isEmpty()) {
            return Optional.empty();
        }
        boolean validated = run.training().stream().anyMatch(epoch -> !Double.isNaN(epoch.validationLoss()));
        var series = new ArrayList<Json.Obj>();
        series.add(line("loss on training batches", "$third", "diamond", run.training(), EpochRecord::trainingLoss));
        if (validated) {
            series.add(line("loss on validation rows", "$fourth", "circle", run.training(),
                    EpochRecord::validationLoss));
        }
        var last = run.training().getLast();
        var sentence = "After " + run.training().size() + " epochs the loss on training batches is "
                + Words.number(last.trainingLoss()) + (validated
                        ? ", on validation rows "
                                + Words.number(last.validationLoss())
                        : "")
                + ".";
        var option = Option.cartesian(
                Option.values("epoch", "@count").with("minInterval", 1),
                Option.upright(Option.values("loss", "@number")),
                series).with("tooltip", Option.of("trigger", "axis"));
        var rows = run.training().stream().map(epoch -> List.of(Integer.toString(epoch.epoch()),
                Words.number(epoch.learningRate()), Words.number(epoch.trainingLoss()),
                Words.number(epoch.validationLoss()), Words.score(run.score(), epoch.score()))).toList();
        return Optional.of(Figure.chart("training", "Training of the dense model", sentence, 300, option,
                new Figure.Table(List.of("epoch", "learning rate", "training loss", "validation loss", "score"),
                        rows)));
    }

    private static Json.Obj line(String name, String color, String symbol, List<EpochRecord> epochs,
            ToDoubleFunction<EpochRecord> value) {
        return Option.series("line", name, color, "@number", epochs.stream()
                .map(epoch -> Option.array(epoch.epoch(), value.applyAsDouble(epoch))).toList())
                .with("symbol", symbol).with("symbolSize", 7);
    }
}
