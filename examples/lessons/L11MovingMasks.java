// Lesson 11: RigL. Sparse from the first step to the last, but the mask moves to where the gradient is large.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());

    var still = network();                                  // 3 % of the weights, chosen by chance, for good
    Unstructured.perLayer(Criterion.random()).sparsity(0.97).plan(still).apply();
    trainer(still).fit(train);
    double fixed = Metric.accuracy().of(still, data.validation());

    var moving = network();                                 // as many, but a third of them may move now and then
    var middle = new ArrayList<Double>();
    var watching = trainer(moving).listen(event -> {
        if (event instanceof TrainingEvent.EpochEnded) {
            middle.add(inTheMiddle(moving));
        }
    });
    SparseTraining.rigl(0.97).train(moving, TrainingSetup.of(watching, train).seed(1));
    double rigl = Metric.accuracy().of(moving, data.validation());

    IO.println("how much of fc1 reads the middle of the image, epoch by epoch (it is 18 % of the pixels):");
    middle.forEach(share -> IO.println("  %4.1f %% %s".formatted(100 * share, "█".repeat((int) (100 * share)))));
    IO.println("fixed mask %.2f %%, moving mask %.2f %%".formatted(100 * fixed, 100 * rigl));
    IO.println("See: " + (rigl > fixed && middle.getLast() > middle.getFirst()
            ? "the mask moves to the ink, and the network is better than with a mask that stays." : "not this time."));
}

Sequential network() {
    return Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
}

Trainer trainer(Layer model) {
    return Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100).epochs(6);
}

double inTheMiddle(Layer model) {
    var mask = model.parameters().firstEntry().getValue().mask().orElseThrow();
    long all = mask.kept();
    return IntStream.range(0, mask.size()).filter(mask::keeps).map(i -> i % 784)
            .filter(i -> i / 28 >= 8 && i / 28 < 20 && i % 28 >= 8 && i % 28 < 20).count() / (double) all;
}
// Exercise: SET grows at random instead of by gradient. Is it as good?
// Solution: SparseTraining.sparseEvolution(0.97) finds the middle too, but more slowly.
