package org.espalier.examples.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a model file holds. */
@Command(
        name = "inspect",
        description = "Lists the parameters of a model file with their sparsity and the sizes of their values.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  espalier inspect credit.safetensors"})
final class InspectCommand implements Callable<Integer> {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int BINS = 12;

    @Parameters(paramLabel = "MODEL", description = "A model file.")
    private Path model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var file = ModelFile.read(model);
        var out = spec.commandLine().getOut();
        out.println(model + ": " + Files.size(model) + " bytes, computed as " + InferenceModel.of(file));
        file.metadata().forEach((key, value) -> out
                .println(key + ": " + (value.length() > 100 ? value.substring(0, 100) + "…" : value)));
        out.printf("%-36s %-14s %10s %8s   |w|, from 0 to the largest%n", "parameter", "shape", "not zero", "%");
        file.model().parameters().forEach(
                (name, parameter) -> print(out, name, parameter.shape().toString(), Storage.array(parameter.value())));
        out.flush();
        return 0;
    }

    private static void print(PrintWriter out, String name, String shape, float[] values) {
        int kept = 0;
        float largest = 0;
        for (float value : values) {
            kept += value == 0 ? 0 : 1;
            largest = Math.max(largest, Math.abs(value));
        }
        out.printf("%-36s %-14s %10d %8.2f   %s%n", name, shape, kept,
                values.length == 0 ? 0 : 100.0 * kept / values.length, histogram(values, largest));
    }

    private static String histogram(float[] values, float largest) {
        if (!(largest > 0) || Float.isInfinite(largest)) {
            return "";
        }
        var counts = new int[BINS];
        int most = 1;
        for (float value : values) {
            if (value != 0) {
                int bin = Math.min(BINS - 1, (int) (Math.abs(value) / largest * BINS));
                most = Math.max(most, ++counts[bin]);
            }
        }
        var bars = new StringBuilder();
        for (int count : counts) {
            bars.append(count == 0 ? ' ' : BARS.charAt((BARS.length() - 1) * count / most));
        }
        return bars.toString();
    }
}
