package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The generated sources in the tree are what their generator writes. */
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "once is enough")
class GeneratedKernelsTest {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src").toAbsolutePath();

    @Test
    void theGeneratorWritesWhatIsThere() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SOURCES.resolve("kernelgen/java/org/espalier/kernelgen/KernelSources.java").toString(),
                SOURCES.resolve("generated/java").toString(),
                "--check")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());

        assertEquals(0, process.waitFor(), output);
    }
}
