package org.espalier.examples.records;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Answers;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Fingerprint;

/**
 * A row of the table for one seed, measured on the model as its file gives it back.
 *
 * @param row the name of the row
 * @param seed the seed
 * @param weights weights kept
 * @param flops two for each of them
 * @param bytes of the file
 * @param inputs pixels that are still looked at
 * @param shape widths without dead pixels and neurons, such as {@code 375-62-51-10}
 * @param wrong the numbers of the test images it reads wrong, from 0
 * @param images how many test images there are
 * @param sha256 of the file, in hexadecimal digits
 * @param seconds of a core that pruning took, if somebody looked
 */
public record RowRun(
        String row, long seed, long weights, long flops, long bytes, int inputs, String shape, List<Integer> wrong,
        int images, Optional<String> sha256, OptionalDouble seconds) {
    /** Takes its own copy. */
    public RowRun {
        wrong = List.copyOf(wrong);
    }

    /** Looks at the test images, once. */
    static RowRun of(String row, long seed, ModelFile file, Dataset test) throws IOException {
        byte[] bytes = file.toBytes();
        var model = ModelFile.read(bytes).model();
        var answers = Answers.of(model, test);
        var cost = ModelCost.of(model).total();
        var widths = widths(model);
        return new RowRun(
                row, seed, cost.keptWeights(), cost.keptFlops(), bytes.length, widths.getFirst(),
                widths.stream().map(String::valueOf).collect(Collectors.joining("-")),
                IntStream.range(0, answers.samples()).filter(i -> !answers.isRight(i)).boxed().toList(),
                answers.samples(), Optional.of(Fingerprint.of(bytes)), OptionalDouble.empty());
    }

    /** With the time that it took. */
    RowRun seconds(double seconds) {
        return new RowRun(row, seed, weights, flops, bytes, inputs, shape, wrong, images, sha256,
                OptionalDouble.of(Math.rint(10 * seconds) / 10));
    }

    /** The inputs of the first layer and the outputs of all, once what is dead is gone. */
    private static List<Integer> widths(Layer model) {
        var widths = new ArrayList<Integer>();
        for (var layer : Layers.all(Shrink.of(model).model()).values()) {
            if (layer instanceof Linear linear) {
                if (widths.isEmpty()) {
                    widths.add(linear.weight().shape().dim(1));
                }
                widths.add(linear.weight().shape().dim(0));
            }
        }
        return widths;
    }

    /** The fraction of the test images that it reads wrong, in percent. */
    public double error() {
        return 100.0 * wrong.size() / images;
    }

    /** The answers, image by image. */
    Answers answers() {
        var right = new boolean[images];
        Arrays.fill(right, true);
        wrong.forEach(image -> right[image] = false);
        return Answers.of(right);
    }

    Json.Obj toJson() {
        return RecordJson.write(this);
    }

    static RowRun fromJson(String text, String source) throws FormatException {
        if (!(Json.parse(text) instanceof Json.Obj json)) {
            throw new FormatException(source, "it is not a JSON object");
        }
        return RecordJson.read(RowRun.class, json, source);
    }
}
