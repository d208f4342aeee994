package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.nn.infer.InferenceModel;

/**
 * How long a program takes from the start of its JVM to the first prediction of a model file: milliseconds by the
 * system's clock, which counts in hundredths of a second. Needs {@code core} and {@code nn} only.
 */
final class FirstPrediction {
    private FirstPrediction() {}

    static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("one model file is needed, such as target/pruned.safetensors");
        }
        long main = System.currentTimeMillis();
        var model = InferenceModel.load(Path.of(arguments[0]));
        int answer = model.classify(new float[model.in()]);
        long predicted = System.currentTimeMillis();
        long start = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        System.out.println("class " + answer + " after " + (predicted - start) + " ms, " + (predicted - main)
                + " ms of them from main on");
    }
}
