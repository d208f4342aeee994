// Lesson 13: fewer bits. A weight in 32, 8, 4, 3 and 2 bits: what it is rounded to, and what that costs.
import org.espalier.compressed.Packing;
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;

void main() throws IOException {
    int images = Integer.getInteger("images", 20_000);
    var data = MnistData.load(null, 1, 11 / 12.0);
    var train = data.train().subset(IntStream.range(0, images).toArray());
    var model = Sequential.of(Linear.of(784, 100), Activation.relu(), Linear.of(100, 10));
    Trainer.of(model, Loss.crossEntropy(), Optimizer.adamW(1e-3f).weightDecay(0.05f)).batchSize(100).epochs(5)
            .fit(train);

    var file = ModelFile.of(model);
    var accuracies = new LinkedHashMap<String, Double>();
    for (var form : List.of("f32", "bf16", "int8", "int4", "codebook4", "int3", "codebook2", "int2")) {
        var packed = file.packed(Packing.parse("all " + form), Packing.NONE);
        accuracies.put(form, Metric.accuracy().of(packed.model(), data.validation()));
        var weights = packed.model().parameters().firstEntry().getValue().value();
        var line = new StringBuilder("%-10s %,8d bytes  %.2f %%  ".formatted(form, packed.toBytes().length,
                100 * accuracies.get(form)));
        for (int i = 0; i < 6; i++) {
            line.append(" %7.4f".formatted(weights.get(0, 400 + i)));
        }
        IO.println(line);
    }
    IO.println("(on the right six weights of the first neuron, as they are rounded)");
    boolean asGood = accuracies.get("int8") > accuracies.get("f32") - 0.005;
    boolean worse = accuracies.get("int2") < accuracies.get("int8");
    IO.println("See: " + (asGood && worse ? "8 bits cost nothing, 4 next to nothing, 2 too much: rounding is noise."
            : "not this time."));
}
// Exercise: prune to a tenth first (lesson 6), then write "gaps int4". How many bits is that for each old weight?
// Solution: the file has about 14 kB for 79,400 weights: 1.4 bits each, and the accuracy is still within a point.
