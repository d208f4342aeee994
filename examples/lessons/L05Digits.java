// Lesson 5: handwritten digits, MNIST, in thirty lines; then the pictures that the network gets wrong.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Progress;
import org.espalier.nn.train.Trainer;

void main() throws IOException {
    int images = Integer.getInteger("images", 55_000);      // java -Dimages=5000 … is quicker, and worse
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());

    var model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
    model.initialize(Init.heNormal(), 1);
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(2e-3f))
            .batchSize(100)
            .epochs(4)
            .listen(Progress.to(System.out))
            .fit(train, data.validation());

    double accuracy = Metric.accuracy().of(model, data.test());
    var fast = InferenceModel.of(model);                    // the same, for answering only
    var test = data.test().range(0, 2000);
    int[] answers = fast.classify(test.inputs());
    for (int i = 0, shown = 0; i < answers.length && shown < 3; i++) {
        if (answers[i] != (int) test.targets().get(i)) {
            shown++;
            IO.println("this " + (int) test.targets().get(i) + " was taken for a " + answers[i] + ":");
            for (int row = 4; row < 26; row += 2) {
                var line = new StringBuilder("    ");
                for (int column = 0; column < 28; column++) {
                    float ink = test.inputs().get(i, 28 * row + column);
                    line.append(ink > 1.5 ? '█' : ink > 0 ? '▒' : ' ');
                }
                IO.println(line);
            }
        }
    }
    IO.println("%.2f %% of 10,000 test images are right".formatted(100 * accuracy));
    IO.println("See: " + (accuracy > 0.9 ? "a small network reads digits; what it gets wrong is often hard to read."
            : "it has not learned enough."));
}
// Exercise: does a second hidden layer help?
// Solution: Linear.of(784, 300), relu, Linear.of(300, 100), relu, Linear.of(100, 10): LeNet-300-100, which the
// other lessons prune. It gets some 0.3 points more.
