package org.espalier.examples;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.nn.infer.InferenceModel;

/**
 * How long a program takes from the start of its JVM to the first prediction of a model file. Of the library it needs
 * {@code core} and {@code nn} only.
 */
final class FirstPrediction {
    private FirstPrediction() {}

    static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("one model file is needed, such as target/pruned.safetensors");
        }
        long main = System.currentTimeMillis();
        var model = InferenceModel.load(Path.of(arguments[0]));
        // no zeros, which a dense layer would leave out
        var row = new float[model.in()];
        Arrays.fill(row, 0.5f);
        System.out.println("class " + model.classify(row));
        long predicted = System.currentTimeMillis();
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println("main began " + (main - start) + " ms after the JVM, the prediction came "
                + (predicted - main) + " ms later");
    }
}
