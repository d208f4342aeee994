package consumer.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Structured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Trains a little, prunes, shrinks, saves, loads and predicts: the argument is the model file to write. */
public final class Train {
    private Train() {}

    public static void main(String[] arguments) throws IOException {
        var inputs = Rng.of(1).uniform(Shape.of(512, 8), -1, 1);
        var data = Dataset.of(inputs, inputs.slice(1, 0, 2).sum(true, 1).abs());
        var loss = Loss.meanSquaredError();
        var adam = Optimizer.adam(0.01f);
        var model = Sequential.of(Linear.of(8, 16), Activation.relu(), Linear.of(16, 8), Activation.relu(),
                Linear.of(8, 1));
        model.initialize(Init.heNormal(), 7);
        Trainer.of(model, loss, adam).batchSize(16).epochs(5).fit(data);

        Pipeline.of(model)
                .stage("neurons", Structured.globalNeurons(Criterion.l2Magnitude()).sparsity(0.25))
                .stage("weights, by second derivatives", Reconstructor.of(new SparseGpt(), 0.5))
                .retrain(2, Retraining.on(data, loss, adam, 16))
                .calibrate(Calibration.of(data, loss, 16, 128))
                .run();
        var file = Path.of(arguments[0]);
        ModelFile.of(Shrink.of(model).model()).write(file);

        var served = InferenceModel.load(file);
        System.out.println("weights " + model.parameters().get("fc2.weight").kept() + " of 128");
        System.out.println("answer " + Arrays.toString(served.predict(1, -1, 0.5f, 0, 0.25f, -0.5f, 0, 1)));
    }
}
