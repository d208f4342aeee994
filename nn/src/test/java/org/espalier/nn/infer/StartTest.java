package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.compressed.Packing;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.train.OwnJvm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that loads a model waits for no class that is made at run time: no lambda, no stream, no switch over types,
 * no record's own equals. The first of them costs as much as dozens of classes that are read.
 */
class StartTest {
    @TempDir
    private Path directory;

    /** Loads a model and predicts. */
    static final class Program {
        private Program() {}

        static void main(String[] arguments) throws IOException {
            var model = InferenceModel.load(Path.of(arguments[0]));
            System.out.println("class ".concat(Integer.toString(model.classify(new float[model.in()]))));
        }
    }

    private static Sequential model() {
        var branches = new LinkedHashMap<String, Layer>();
        branches.put("a", Linear.of(8, 3));
        branches.put("b", Activation.relu());
        var model = Sequential.of(
                Flatten.of(), FeatureSelect.of(9, 8, 7, 6, 5, 4, 3, 2, 1), Linear.of(8, 8), BatchNorm1d.of(8),
                Activation.relu(), Dropout.of(0.1f), LayerNorm.of(8), Residual.of(Linear.of(8, 8)), Concat.of(branches),
                Activation.leakyRelu(0.1f), Linear.of(11, 4), Activation.softmax());
        model.initialize(Init.heNormal(), 1);
        var weight = model.parameters().get("fc1.weight");
        weight.assignMask(Mask.of(weight.shape(), i -> i % 3 == 0));
        return model;
    }

    @ParameterizedTest
    @ValueSource(strings = {"all f32", "gaps int8", "gaps int4", "bitmap bf16"})
    void noClassIsMadeAtRunTime(String weights) throws IOException, InterruptedException, URISyntaxException {
        var path = directory.resolve("model.safetensors");
        ModelFile.of(model()).packed(Packing.parse(weights), Packing.NONE).write(path);

        var flags = List.of("-Xlog:class+load", "-Despalier.kernels=scalar");
        var process = OwnJvm.of(flags, Program.class, path.toString()).start();
        var lines = process.inputReader().lines().toList();

        assertEquals(0, process.waitFor(), lines.toString());
        var model = InferenceModel.load(path);
        assertTrue(lines.contains("class " + model.classify(new float[model.in()])), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.contains(Linear.class.getName() + " source:")));
        // what the JDK made in advance for programs like this comes out of its archive
        assertEquals(List.of(), lines.stream()
                .filter(line -> line.contains("/0x") && !line.contains("shared objects file"))
                .toList());
    }
}
