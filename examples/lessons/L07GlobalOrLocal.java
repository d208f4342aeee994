// Lesson 7: the same number of weights removed four ways. Who decides how much each layer gives?
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    var model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 30), Activation.relu(),
            Linear.of(30, 10));
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(2e-3f)).batchSize(100).epochs(4).fit(train);
    IO.println("dense: %.2f %%".formatted(100 * Metric.accuracy().of(model, data.validation())));

    var ways = new LinkedHashMap<String, Pruner>();
    ways.put("local: the same from each layer", Unstructured.perLayer(Criterion.magnitude()));
    ways.put("global: the smallest of all", Unstructured.global(Criterion.magnitude()));
    ways.put("ERK: more from large layers", Unstructured.erk(Criterion.magnitude()));
    ways.put("LAMP: the least distortion", Unstructured.lamp(Criterion.magnitude()));
    IO.println("%-34s %10s %7s %7s %7s".formatted("5 % of the weights are left", "accuracy", "fc1", "fc2", "fc3"));
    var scores = new ArrayList<Double>();
    for (var way : ways.entrySet()) {
        var copy = Layers.copy(model);
        way.getValue().sparsity(0.95).plan(copy).apply();
        scores.add(Metric.accuracy().of(copy, data.validation()));
        var line = new StringBuilder("%-34s %8.2f %%".formatted(way.getKey(), 100 * scores.getLast()));
        copy.parameters().forEach((name, parameter) -> parameter.mask()
                .ifPresent(mask -> line.append(" %5.1f %%".formatted(100 * mask.density()))));
        IO.println(line);
    }
    IO.println("See: " + (Collections.max(scores) > scores.getFirst() + 0.02
            ? "small layers cannot give as much as large ones; who takes the same from each pays for it."
            : "all ways are alike here."));
}
// Exercise: nothing was retrained. Train each copy for one more epoch: how much of the difference is left?
// Solution: Trainer.of(copy, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100).epochs(1).fit(train)
// after apply(): all come back to within a point or two of dense, and local stays behind.
