package org.espalier.examples;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.nn.train.Objective;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.search.Preset;
import org.espalier.prune.search.TrainingPlan;

/**
 * A dense network of one seed, which presets prune copies of.
 *
 * @param dense the network, trained
 * @param loss what it was trained with
 * @param train what it learned from
 * @param test what nothing is chosen by
 * @param metric how good a model is
 * @param described adds to a file what is saved with the weights
 * @param seed of training and retraining
 */
record PresetTrial(Layer dense, Loss loss, Dataset train, Dataset test, Metric metric,
        UnaryOperator<ModelFile> described, long seed) {
    /**
     * What a file holds.
     *
     * @param score how good its model is on the test samples
     * @param weights kept by the masks
     * @param flops of one row, with the kept weights of neurons that are not dead
     * @param bytes of the file, without dead neurons
     */
    record Result(double score, long weights, long flops, long bytes) {}

    /** A network with these hidden layers on the training rows of a table; its schema is saved with it. */
    static PresetTrial ofTable(Table.Split parts, Metric metric, long seed, int... hidden) {
        var train = parts.train();
        var model = Preprocessing.standard().network(train, hidden);
        model.initialize(Init.heNormal(), seed);
        train.trainer(model).seed(seed).fit(train.data());
        var schema = train.schema().toJson().compact();
        return new PresetTrial(model, train.schema().target().loss(), train.data(), parts.validation().data(), metric,
                file -> file.with(Schema.KEY, schema), seed);
    }

    /** LeNet-300-100 on handwritten digits. */
    static PresetTrial ofDigits(MnistData digits, int epochs, long seed) {
        var model = Sequential.of(Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(),
                Linear.of(100, 10));
        model.initialize(Init.heNormal(), seed);
        var loss = Loss.crossEntropy();
        TrainingPlan.standard(digits.train())
                .trainer(model, Objective.of(loss), epochs)
                .epochs(epochs)
                .seed(seed)
                .fit(digits.train());
        return new PresetTrial(model, loss, digits.train(), digits.test(), Metric.accuracy(), file -> file, seed);
    }

    /** The network as it is. */
    Result result() throws IOException {
        return result(ModelFile.of(dense), kept(dense));
    }

    /** A copy of it that a preset has pruned and retrained. */
    Result result(Preset preset) throws IOException {
        var model = Layers.copy(dense);
        var pipeline = preset.pipeline(model, loss, train).seed(seed);
        var report = pipeline.run();
        long kept = kept(model);
        return result(preset.file(model, pipeline.recipe(), report), kept);
    }

    private Result result(ModelFile file, long weights) {
        long flops = ModelCost.of(file.model()).total().keptFlops();
        return new Result(metric.of(file.model(), test), weights, flops, described.apply(file).toBytes().length);
    }

    private static long kept(Layer model) {
        return ModelCost.of(model).total().keptWeights();
    }
}
