// Lesson 12: distillation. A small network learns from what a large one thinks, not only from right and wrong.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.training.Distillation;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    var few = train.subset(IntStream.range(0, images / 10).toArray());   // what the small one gets to see

    var teacher = Sequential.of(Linear.of(784, 200), Activation.relu(), Linear.of(200, 10));
    Trainer.of(teacher, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100).epochs(5).fit(train);
    var image = data.validation().range(0, 200);
    var thoughts = teacher.forward(image.inputs()).times(0.25f).softmax();
    int least = IntStream.range(0, 200).boxed()
            .min(Comparator.comparing(i -> thoughts.select(0, i).max().item())).orElseThrow();
    IO.println("what the teacher thinks of a " + (int) image.targets().get(least) + " that is hard to read:");
    for (int digit = 0; digit < 10; digit++) {
        float p = thoughts.get(least, digit);
        IO.println("  %d %5.1f %% %s".formatted(digit, 100 * p, "█".repeat(Math.round(60 * p))));
    }

    var alone = student();
    Trainer.of(alone, Loss.crossEntropy(), Optimizer.adam(2e-3f)).batchSize(50).epochs(20).fit(few);
    var taught = student();
    Trainer.of(taught, Distillation.of(teacher, Loss.crossEntropy()), Optimizer.adam(2e-3f)).batchSize(50).epochs(20)
            .fit(few);
    double byItself = Metric.accuracy().of(alone, data.validation());
    double byTeacher = Metric.accuracy().of(taught, data.validation());
    IO.println("teacher %.2f %%; student by itself %.2f %%, taught %.2f %%".formatted(
            100 * Metric.accuracy().of(teacher, data.validation()), 100 * byItself, 100 * byTeacher));
    IO.println("See: " + (byTeacher > byItself ? "the second thoughts of the teacher are worth more images."
            : "the teacher did not help here."));
}

Sequential student() {
    var model = Sequential.of(Linear.of(784, 20), Activation.relu(), Linear.of(20, 10));
    model.initialize(Init.heNormal(), 1);
    return model;
}
// Exercise: let a pruned network learn from its own dense self.
// Solution: var teacher = Layers.copy(model); prune model; then train it with Distillation.of(teacher, …).
