package org.espalier.prune.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.Step;

/** Measures steps that compute the same: the formats of one layer. */
@FunctionalInterface
interface Stopwatch {
    /**
     * What each step takes for a batch.
     *
     * @param x rows, a batch or more; batches are taken in turn
     */
    Timings time(Map<Format, Step> steps, int batch, float[] x);

    /** The machine's fingerprint: what the times depend on. */
    static String machine() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + KernelChoice.current().dense().name()
                + " kernels, Java " + System.getProperty("java.vm.version");
    }

    /** The processor's name, family and model where the system tells, otherwise its architecture. */
    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var name = lines.limit(20)
                    .filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .collect(Collectors.joining("/"));
            return name.isEmpty() ? System.getProperty("os.arch") : name;
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }
}
