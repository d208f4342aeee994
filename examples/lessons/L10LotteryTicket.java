// Lesson 10: the lottery ticket. Are the weights that stay good because of where they are, or how they began?
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.training.EarlyWeights;

void main() throws IOException {
    int images = Integer.getInteger("images", 10_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    var tickets = new double[3];
    var redrawn = new double[3];
    for (int seed = 0; seed < 3; seed++) {
        var model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
        model.initialize(Init.heNormal(), seed);
        var start = EarlyWeights.of(model);                 // the weights before any training
        train(model, train, 4);
        for (double sparsity : new double[] {0.7, 0.9, 0.96}) {
            Unstructured.global(Criterion.magnitude()).sparsity(sparsity).plan(model).apply();
            start.rewind(model);                            // back to the beginning; the masks stay
            train(model, train, 4);
        }
        tickets[seed] = Metric.accuracy().of(model, data.validation());
        model.initialize(Init.heNormal(), 100 + seed);      // the same masks, other beginnings
        train(model, train, 4);
        redrawn[seed] = Metric.accuracy().of(model, data.validation());
        IO.println("seed %d, 4 %% of the weights: the ticket %.2f %%, the same places drawn again %.2f %%"
                .formatted(seed, 100 * tickets[seed], 100 * redrawn[seed]));
    }
    IO.println("tickets " + Interval.ofMean(0.95, tickets) + ", drawn again " + Interval.ofMean(0.95, redrawn));
    boolean better = IntStream.range(0, 3).allMatch(i -> tickets[i] > redrawn[i]);
    IO.println("See: " + (better ? "with its own first weights the sparse network learns better, for every seed."
            : "the beginnings did not matter here."));
}

void train(Layer model, Dataset samples, int epochs) {
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100).epochs(epochs).fit(samples);
}
// Exercise: shuffle the masks as well: prune a fresh model at random to 4 % and train it.
// Solution: Unstructured.global(Criterion.random()) on a new model: far worse; where the weights are matters most.
