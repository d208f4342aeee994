// Lesson 3: one neuron learns to tell hot days from cold ones in a plot of temperature and wind.
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

static final int DAYS = 200;

void main() {
    // Days have a temperature and a wind; they feel warm if temperature − wind > 0.2.
    var days = Rng.of(1).uniform(Shape.of(DAYS, 2), -1, 1);
    var warm = days.matmul(Tensor.of(Shape.of(2, 1), 1, -1)).greater(0.2f);

    // The neuron: a weight for each input, a bias, and a sigmoid that makes a probability of it.
    var w = Tensor.zeros(Shape.of(2, 1)).withGrad();
    var b = Tensor.zeros(Shape.of(1)).withGrad();
    for (int step = 0; step <= 300; step++) {
        var p = days.matmul(w).plus(b).sigmoid();
        var loss = warm.times(p.log()).plus(warm.rsub(1).times(p.rsub(1).log())).mean().negate();
        if (step % 100 == 0) {
            IO.println("step %3d  loss %.3f  right %.0f %%".formatted(step, loss.item(), 100 * right(p, warm)));
        }
        var gradients = loss.backward();
        w = w.minus(gradients.of(w).times(2)).detach().withGrad();
        b = b.minus(gradients.of(b).times(2)).detach().withGrad();
    }
    double found = right(days.matmul(w).plus(b).sigmoid(), warm);
    IO.println("weights %.1f and %.1f, bias %.1f".formatted(w.get(0, 0), w.get(1, 0), b.get(0)));
    IO.println("wind ↑, temperature →; # feels warm");
    for (float wind = 1; wind >= -1; wind -= 0.25f) {
        var line = new StringBuilder();
        for (float temperature = -1; temperature <= 1; temperature += 0.08f) {
            line.append(w.get(0, 0) * temperature + w.get(1, 0) * wind + b.get(0) > 0 ? '#' : '.');
        }
        IO.println(line);
    }
    IO.println("See: " + (found > 0.97 ? "one neuron draws one straight line, and that is enough here."
            : "it has not learned enough."));
}

double right(Tensor p, Tensor warm) {
    return p.greater(0.5f).equalTo(warm).mean().item();
}
// Exercise: let a day feel warm if the product of its two numbers is positive. What does the neuron find?
// Solution: warm = days.select(1, 0).times(days.select(1, 1)).greater(0).reshape(DAYS, 1)
// gives about 50 % right: no straight line separates these. Lesson 4 does.
