package org.espalier.examples.tool;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.Workspace;
import org.espalier.prune.deploy.Deploy;
import org.espalier.tensor.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How fast a model is here. */
@Command(
        name = "bench",
        description = "Measures a model on this machine, on one thread: as its file asks for, and all layers in each "
                + "format. The rows are drawn at random.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench small.safetensors",
            "  espalier bench small.safetensors --batch 1,16 --seconds 0.1"
        })
final class BenchCommand implements Callable<Integer> {
    private static final double BILLION = 1e9;
    private static final int MOST_CALLS = 200_000;
    private static final int ALLOCATION_CALLS = 100;

    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Option(names = "--batch", split = ",", paramLabel = "ROWS", description = "Rows in a call. Default: 1,128.")
    private int[] batches = {1, 128};

    @Option(names = "--seconds", paramLabel = "N",
            description = "For each line, half of it to warm up. Default: ${DEFAULT-VALUE}.")
    private double seconds = 0.3;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    /** One line: microseconds, and bytes allocated by a call. */
    private record Line(String format, int batch, double median, double p99, double bytes) {
        Json.Obj toJson() {
            return Json.object().with("format", format).with("batch", batch).with("median_us", median)
                    .with("p99_us", p99).with("allocated_bytes", bytes);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (Arrays.stream(batches).anyMatch(batch -> batch < 1) || !(seconds > 0 && seconds <= 60)) {
            throw output.usage("--batch takes positive numbers, --seconds up to 60");
        }
        var saved = reading.read(model);
        var machine = Deploy.machine();
        output.say("%s on %s", model, machine);
        output.say("%-12s %6s %12s %12s %14s %16s", "format", "rows", "µs, median", "µs, 99 %", "rows/s",
                "bytes a call");
        var lines = new ArrayList<Line>();
        for (var form : forms(saved).entrySet()) {
            for (int batch : batches) {
                var line = measure(form.getKey(), form.getValue(), saved, batch);
                lines.add(line);
                output.say("%-12s %6d %12.2f %12.2f %14.0f %16.1f", line.format, batch, line.median, line.p99,
                        1e6 * batch / line.median, line.bytes);
            }
        }
        output.result(() -> Json.object().with("machine", machine)
                .with("lines", Json.array(lines.stream().map(Line::toJson).toList())));
        return Failures.GOOD;
    }

    /** The model as its file asks for, and with every layer in one format. */
    private static Map<String, InferenceModel> forms(SavedModel saved) throws IOException {
        var forms = new LinkedHashMap<String, InferenceModel>();
        forms.put("as the file", saved.compiled());
        for (var format : Format.values()) {
            forms.put(format.name(), InferenceModel.of(saved.model(), format));
        }
        return forms;
    }

    private Line measure(String name, InferenceModel form, SavedModel saved, int batch) throws IOException {
        float[] x = Storage.array(RandomRows.of(saved, batch));
        var y = new float[batch * form.out()];
        var workspace = new Workspace();
        long half = (long) (seconds / 2 * BILLION);
        long warm = System.nanoTime() + half;
        while (System.nanoTime() < warm) {
            form.predict(x, batch, y, workspace);
        }
        var nanos = new long[MOST_CALLS];
        int calls = 0;
        long end = System.nanoTime() + half;
        long now = System.nanoTime();
        while (calls < MOST_CALLS && (now < end || calls == 0)) {
            form.predict(x, batch, y, workspace);
            long then = System.nanoTime();
            nanos[calls++] = then - now;
            now = then;
        }
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        return new Line(name, batch, sorted[(calls - 1) / 2] / 1e3, sorted[(int) Math.ceil(0.99 * calls) - 1] / 1e3,
                allocated(form, x, batch, y, workspace));
    }

    private static double allocated(InferenceModel form, float[] x, int batch, float[] y, Workspace workspace) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            return Double.NaN;
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ALLOCATION_CALLS; i++) {
            form.predict(x, batch, y, workspace);
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / ALLOCATION_CALLS;
    }
}
