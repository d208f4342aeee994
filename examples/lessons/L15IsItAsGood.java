// Lesson 15: is it as good? One seed tells a story; five seeds and an interval tell whether to believe it.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.Trials;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;

void main() throws IOException {
    int images = Integer.getInteger("images", 6_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());

    Comparison fifth = compare(data.test(), train, 0.8);
    Comparison hundredth = compare(data.test(), train, 0.99);
    IO.println("a fifth of the weights:\n" + fifth.toTable());
    IO.println("a hundredth of the weights:\n" + hundredth.toTable());
    boolean told = fifth.verdict() == Comparison.Verdict.NOT_INFERIOR
            && hundredth.verdict() == Comparison.Verdict.INFERIOR;
    IO.println("See: " + (told ? "with a fifth of the weights it is as good, with a hundredth it is not, and both are"
            + " more than luck." : "the data do not decide; more seeds or more test images would."));
}

Comparison compare(Dataset test, Dataset train, double sparsity) {
    return Trials.run(test, seed -> {
        Layer dense = Sequential.of(Linear.of(784, 50), Activation.relu(), Linear.of(50, 10));
        dense.initialize(Init.heNormal(), seed);
        train(dense, train, 4);
        var pruned = Layers.copy(dense);
        Unstructured.global(Criterion.magnitude()).sparsity(sparsity).plan(pruned).apply();
        train(pruned, train, 2);
        train(dense, train, 2);                             // as long as the other, to be fair
        return new Trials.Pair(dense, pruned);
    }, 1, 2, 3, 4, 5).compare(0.01);                        // a loss of one point would not matter to us
}

void train(Layer model, Dataset samples, int epochs) {
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(50).epochs(epochs).fit(samples);
}
// Exercise: choose the margin after looking at the results. Why is that cheating?
// Solution: a margin that fits the data always gives the verdict you like; say what would matter before you look.
