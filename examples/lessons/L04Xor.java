// Lesson 4: XOR. One line cannot separate it, eight neurons can; the picture shows how.
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

static final String SHADES = " ░▒▓█";

void main() {
    var inputs = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
    var targets = Tensor.of(Shape.of(4, 1), 0, 1, 1, 0);
    var corners = Dataset.of(inputs, targets);

    var model = Sequential.of(Linear.of(2, 8), Activation.tanh(), Linear.of(8, 1));
    model.initialize(Init.xavierNormal(), 1);
    var trainer = Trainer.of(model, Loss.binaryCrossEntropy(), Optimizer.adam(0.05f)).batchSize(4).epochs(200);
    picture(model, "before training");
    trainer.fit(corners);
    picture(model, "after 200 steps");

    for (int i = 0; i < 4; i++) {
        IO.println("%.0f xor %.0f is %.3f".formatted(inputs.get(i, 0), inputs.get(i, 1),
                model.forward(inputs.slice(0, i, i + 1)).sigmoid().item()));
    }
    IO.println("See: " + (Metric.accuracy().of(model, corners) == 1
            ? "all four corners are right; the border bends, which one neuron's cannot." : "not learned yet."));
}

/** The answer over the square from −0.5 to 1.5, the dark the closer to 1. */
void picture(Sequential model, String title) {
    IO.println(title + ":");
    for (int y = 0; y < 14; y++) {
        var line = new StringBuilder();
        for (int x = 0; x < 44; x++) {
            var point = Tensor.of(Shape.of(1, 2), -0.5f + 2 * x / 43f, 1.5f - 2 * y / 13f);
            line.append(SHADES.charAt((int) (model.forward(point).sigmoid().item() * 4.999f)));
        }
        IO.println(line);
    }
}
// Exercise: how few hidden neurons are enough?
// Solution: two, with some luck: Linear.of(2, 2). Try several seeds of initialize; some get stuck with three
// corners right. More neurons than needed make learning easy, and pruning (lesson 6) takes them away again.
