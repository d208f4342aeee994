// Lesson 14: why sparse is fast, and when it is not. Measured live on this machine.
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.step.Format;
import org.espalier.prune.deploy.Deploy;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

void main() {
    int inputs = 1024;
    int neurons = 512;
    IO.println("a layer of %d inputs and %d neurons, one row at a time, on %s".formatted(inputs, neurons,
            Deploy.machine()));
    double first = 1;
    double fastest = Double.POSITIVE_INFINITY;
    for (double zeros : new double[] {0, 0.5, 0.8, 0.9, 0.95, 0.99}) {
        float[] weights = Rng.of(1).normal(Shape.of(neurons, inputs), 1).toArray();
        int[] order = Rng.of(2).permutation(weights.length);
        for (int i = 0; i < zeros * weights.length; i++) {
            weights[order[i]] = 0;
        }
        var layer = Sequential.of(Linear.of(Tensor.of(Shape.of(neurons, inputs), weights)));
        var micros = Deploy.measure(layer, 1).table().layers().getFirst().micros();
        double dense = micros.get(Format.DENSE).getFirst();
        var best = micros.entrySet().stream()
                .min(Comparator.comparingDouble(time -> time.getValue().getFirst())).orElseThrow();
        double time = best.getValue().getFirst();
        first = zeros == 0 ? dense : first;
        fastest = Math.min(fastest, time);
        IO.println("%2.0f %% zeros: dense %6.2f µs, best %6.2f µs (%s)  %s".formatted(100 * zeros, dense, time,
                best.getKey(), "█".repeat((int) Math.round(50 * time / first))));
    }
    IO.println("at 99 %% zeros there is a hundredth of the work, and it takes 1/%.0f of the time: finding the weights"
            .formatted(first / fastest));
    IO.println("costs as well, so a sparse format only pays from some number of zeros on.");
    IO.println("See: " + (fastest < first ? "the bar gets shorter once enough weights are zero, and dense stays the"
            + " choice before that." : "dense was always fastest on this machine."));
}
// Exercise: measure 128 rows at a time. Which formats win now, and from where on?
// Solution: Deploy.measure(layer, 128): dense has good work to do for each weight it loads, so it holds out longer.
