package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ServiceLoader;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.quantize.InputScales;
import org.espalier.prune.quantize.IntegerModel;
import org.espalier.prune.quantize.MinMax;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Tensor;

/**
 * A network that PyTorch trained, from its safetensors file to one small file and to ONNX: loaded, pruned to a tenth,
 * retrained, quantized to 8 bits, packed, exported as floats and as integers. An argument names the directory for
 * the files; {@code target/pytorch} if there is none.
 */
final class PyTorchDemo {
    private static final long SEED = 1;
    private static final int COMPARED = 1_000;

    private PyTorchDemo() {}

    static void main(String[] arguments) throws IOException {
        var out = Files.createDirectories(Path.of(arguments.length == 0 ? "target/pytorch" : arguments[0]));
        var data = MnistData.load(null, SEED);
        var model = loaded();
        say("PyTorch's model reads %.2f %% of the test images.", DigitTraining.percent(model, data.test()));

        var file = pruned(model, data);
        var artifact = out.resolve("model.safetensors");
        file.write(artifact);
        say("Pruned to a tenth, retrained and rounded to 8 bits: %.2f %%, in a file of %d bytes; PyTorch's has %d.",
                DigitTraining.percent(file.model(), data.test()), Files.size(artifact), resource("mnist").length);
        var inputs = data.test().range(0, COMPARED).inputs();
        var loaded = InferenceModel.load(artifact);
        say("Loaded and computed with as it is stored: %s.", loaded);

        var floats = out.resolve("floats.onnx");
        OnnxFile.of(file.model()).write(floats);
        compare("floats", floats, inputs, loaded.predict(inputs));
        var calibration = Calibration.of(data.train(), Loss.crossEntropy(), 100, 1000);
        var scales = InputScales.of(file.model(), calibration, new MinMax());
        var integers = IntegerModel.of(QuantizedModel.of(file.model()), scales);
        say("With integers throughout: %.2f %%.", DigitTraining.percent(integers, data.test()));
        var codes = out.resolve("integers.onnx");
        OnnxFile.of(integers).write(codes);
        compare("integers", codes, inputs, integers.forward(inputs));
        say("The files are in %s.", out);
    }

    /** The network of {@code pytorch/make.py}, with the values that PyTorch found. */
    static Layer loaded() throws IOException {
        var model = Sequential.of(Linear.of(784, 40), Activation.relu(), Linear.of(40, 10));
        PyTorchFile.of(tensors("mnist")).applyTo(model);
        return model;
    }

    /** A file that {@code pytorch/make.py} wrote. */
    static TensorFile tensors(String name) throws IOException {
        return SafeTensors.read(resource(name));
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = PyTorchDemo.class.getResourceAsStream("pytorch/" + name + ".safetensors")) {
            return in.readAllBytes();
        }
    }

    private static ModelFile pruned(Layer model, MnistData data) throws IOException {
        var training = new DigitTraining(data.train());
        var pipeline = Pipeline.of(model)
                .stage("weights",
                        Unstructured.global(Criterion.magnitude()).sparsity(0.9).schedule(SparsitySchedule.cubic(3)))
                .retrain(1, training.retraining(1e-3f))
                .seed(SEED);
        var report = pipeline.run();
        training.train(model, 2, 1e-3f, SEED);
        return Artifact.of(model, pipeline.recipe(), report)
                .packed(new Packing(Layout.GAPS, Encoding.intPerRow(8)), new Packing(Layout.ALL, Encoding.bfloat16()));
    }

    private static void compare(String what, Path onnx, Tensor inputs, Tensor expected) throws IOException {
        say("As ONNX, %s: %d bytes.", what, Files.size(onnx));
        for (var other : ServiceLoader.load(OnnxComparison.class)) {
            float[] theirs = other.run(onnx, inputs).toArray();
            float[] ours = expected.toArray();
            double largest = 0;
            for (int i = 0; i < ours.length; i++) {
                largest = Math.max(largest, Math.abs(theirs[i] - ours[i]) / Math.max(1, Math.abs(ours[i])));
            }
            say("%s differs by %.1e at most, relative to outputs of more than 1.", other.name(), largest);
        }
    }

    private static void say(String format, Object... arguments) {
        IO.println(String.format(Locale.ROOT, format, arguments));
    }
}
