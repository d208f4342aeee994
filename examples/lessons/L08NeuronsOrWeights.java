// Lesson 8: whole neurons or single weights? Neurons make a smaller dense network, weights a sparse one.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    Layer model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
    train(model, train, 4);
    show("dense", model, data.validation());

    var neurons = Layers.copy(model);                       // 80 of 100 neurons go, with all their weights
    Structured.neurons(Criterion.magnitude()).sparsity(0.8).plan(neurons).apply();
    train(neurons, train, 2);
    double byNeurons = show("20 neurons", Shrink.of(neurons).model(), data.validation());

    long kept = ModelCost.of(Shrink.of(neurons).model()).total().keptWeights();
    double sparsity = 1 - (double) kept / ModelCost.of(model).total().weights();
    var weights = Layers.copy(model);                       // as many weights, wherever they are
    Unstructured.global(Criterion.magnitude()).sparsity(sparsity).plan(weights).apply();
    train(weights, train, 2);
    double byWeights = show("single weights", Shrink.of(weights).model(), data.validation());
    IO.println("See: " + (byWeights > byNeurons ? "for the same number of weights, choosing them one by one is better;"
            + " neurons need no sparse format." : "neurons were as good this time."));
}

void train(Layer model, Dataset samples, int epochs) {
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100).epochs(epochs).fit(samples);
}

double show(String name, Layer model, Dataset samples) {
    double accuracy = Metric.accuracy().of(model, samples);
    IO.println("%-15s accuracy %.2f %%  weights %,7d  file %,8d bytes".formatted(name, 100 * accuracy,
            ModelCost.of(model).total().keptWeights(), ModelFile.of(model).toBytes().length));
    return accuracy;
}
// Exercise: first half of the neurons, then weights down to the same number. Is that better than either alone?
// Solution: apply Structured.neurons(…).sparsity(0.5), train, then Unstructured.global(…) to the same weights;
// it is close to single weights, and its file is as small, because removed neurons need no places noted.
