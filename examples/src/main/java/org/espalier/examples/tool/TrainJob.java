package org.espalier.examples.tool;

import java.io.IOException;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.table.Target;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.deploy.ModelCost;

/**
 * The training of a new network.
 *
 * @param parts the rows
 * @param training how
 * @param output where to say what is done
 */
record TrainJob(Data.Split parts, TrainingOptions training, Output output) {
    private static final int MOST_COLUMNS = 70;

    /** Says what the data are, and what was taken for what. */
    static void describe(Data data, Output output) {
        output.say("data      %s: %s", data.name(), data);
        output.say("target    %s", describe(data));
        data.table().ifPresent(table -> {
            var columns = table.schema().columns();
            columns.stream().limit(MOST_COLUMNS).forEach(column -> output.say("          %s", column));
            if (columns.size() > MOST_COLUMNS) {
                output.say("          and %,d more", columns.size() - MOST_COLUMNS);
            }
        });
    }

    private static String describe(Data data) {
        return switch (data.target()) {
            case Target.Regression number -> number.name() + ": a number";
            case Target.Binary binary ->
                    binary.name() + ": " + binary.negative() + " or " + binary.positive();
            case Target.Classes classes ->
                    classes.name() + ": " + classes.classes().size() + " classes: " + some(classes.classes());
            case Target.MultiLabel labels -> labels.labels().size() + " labels: "
                    + some(labels.labels());
        };
    }

    private static String some(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(10, names.size()))) + (names.size() > 10 ? ", …" : "");
    }

    /** A network of these hidden widths, with its first weights. */
    Layer network(List<Integer> widths) {
        var model = training.network(parts.train(), widths);
        output.say("network   %,d weights in %d layers; %,d rows to learn from, %,d kept back",
                ModelCost.of(model).total().weights(), ModelCost.of(model).layers().stream()
                        .filter(layer -> layer.weights() > 0).count(),
                parts.train().size(), parts.validation().size());
        return model;
    }

    /** Trains it. */
    TrainingResult run(Layer model, JobProgress progress, RunState state) throws IOException {
        int epochs = training.epochs(parts.train());
        progress.training(epochs).begin("train");
        try {
            var trainer = training.trainer(parts.train(), model, epochs).listen(progress);
            var result = state.train(trainer, model, parts.train().rows());
            progress.end();
            output.say("train     %s, %d epochs", ModelScores.of(model, parts.validation()), epochs);
            return result;
        } finally {
            progress.end();
        }
    }
}
