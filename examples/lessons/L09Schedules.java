// Lesson 9: all at once, or step by step? The same end, by schedules that get there differently.
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.sparsity.SparsitySchedule;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    var model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
    var trainer = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(100);
    trainer.epochs(4).fit(train);

    // Every way has six epochs of retraining; what differs is when the weights go.
    var schedules = List.of(SparsitySchedule.oneShot(), SparsitySchedule.linear(4), SparsitySchedule.cubic(4));
    var scores = new ArrayList<Double>();
    for (var schedule : schedules) {
        boolean once = schedule.equals(SparsitySchedule.oneShot());
        var copy = Layers.copy(model);
        var report = Pipeline.of(copy)
                .stage(Stage.of("weights", Unstructured.global(Criterion.magnitude()).sparsity(0.985)
                        .schedule(schedule)).epochsBetween(1).epochs(once ? 6 : 3))
                .retrain(1, Retraining.with(trainer, train))
                .evaluate(Measure.of(Metric.accuracy(), data.validation()))
                .run();
        var line = new StringBuilder("%-10s".formatted(schedule.text()));
        report.stages().getFirst().steps().forEach(step -> line.append("  %4.1f %% left: %5.2f → %5.2f %%".formatted(
                100.0 * (step.units() - step.removed()) / step.units(), 100 * step.pruned().get("accuracy"),
                100 * step.retrained().get("accuracy"))));
        IO.println(line);
        scores.add(report.after().get("accuracy"));
    }
    IO.println("See: " + (Math.max(scores.get(1), scores.get(2)) > scores.getFirst()
            ? "small steps with retraining between them end better than one leap." : "one leap was as good here."));
}
// Exercise: cubic(4) takes much at first and little at the end. Why is that a good idea?
// Solution: at first most weights are unimportant; near the end every one that goes hurts. See the first arrows.
