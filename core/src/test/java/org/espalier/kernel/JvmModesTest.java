package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits from the interpreter and from each compiler, in a JVM of its own for each. */
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "it starts JVMs of its own")
class JvmModesTest {
    /** Enough for the first compiler to take the loops, and little for the interpreter. */
    private static final int TURNS = 3;

    @ParameterizedTest
    @ValueSource(strings = {
        "-Xint",
        "-XX:TieredStopAtLevel=0",
        "-XX:TieredStopAtLevel=1",
        "-XX:TieredStopAtLevel=2",
        "-XX:TieredStopAtLevel=3",
        "-XX:-TieredCompilation"
    })
    void everyWayToRunGivesTheSameBits(String mode) throws Exception {
        assertEquals(Program.results(), results(mode));
    }

    @Test
    void everyOperationHasAResultOfItsOwn() {
        var rows = Program.results();
        assertEquals(rows.size(), new HashSet<>(rows).size());
        assertTrue(rows.size() > 10);
    }

    private static List<String> results(String mode) throws IOException, URISyntaxException, InterruptedException {
        var classPath = root(Kernels.class) + File.pathSeparator + root(JvmModesTest.class);
        var process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                mode, "-XX:+UseSerialGC", "-cp", classPath, Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader()) {
            var all = lines.readAllLines();
            assertEquals(0, process.waitFor());
            return all;
        }
    }

    /** The folder of a class: in a patched module, the code source names the module's alone. */
    private static Path root(Class<?> type) throws URISyntaxException {
        var root = Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
        for (int i = type.getName().split("\\.").length; i > 0; i--) {
            root = root.getParent();
        }
        return root;
    }

    /** Prints a line for each operation: a hash of the bits of its result. */
    static final class Program {
        private Program() {}

        static void main() {
            results().forEach(System.out::println);
        }

        static List<String> results() {
            List<String> lines = List.of();
            for (int turn = 0; turn < TURNS; turn++) {
                lines = once(KernelChoice.current().dense());
            }
            return lines;
        }

        private static List<String> once(Kernels kernels) {
            int n = 700;
            float[] a = Rng.of(1).normal(Shape.of(n), 2).toArray();
            float[] b = Rng.of(2).normal(Shape.of(n), 1).toArray();
            var c = new float[14][n];
            kernels.gemm(false, false, 13, 37, 17, a, 0, 17, b, 0, 37, false, c[0], 0, 37);
            kernels.gemm(true, true, 13, 29, 19, a, 0, 13, b, 0, 19, false, c[1], 0, 29);
            kernels.linear(5, 21, 31, a, 0, b, 0, a, 0, FusedActivation.GELU, c[2], 0, 21);
            kernels.exp(a, 0, c[3], 0, n);
            kernels.log(a, 0, c[4], 0, n);
            kernels.tanh(a, 0, c[5], 0, n);
            kernels.sigmoid(a, 0, c[6], 0, n);
            kernels.erf(a, 0, c[7], 0, n);
            kernels.gelu(a, 0, c[8], 0, n);
            kernels.softplus(a, 0, c[9], 0, n);
            kernels.softmax(7, 100, a, 0, c[10], 0);
            kernels.logSoftmax(7, 100, a, 0, c[11], 0);
            kernels.update(new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0.01f, true, 2), 0, n, a, b, new float[n],
                    new float[n], null, c[12]);
            c[13][0] = kernels.sum(a, 0, n);
            c[13][1] = kernels.dot(a, 0, b, 0, n);
            c[13][2] = kernels.logSumExp(a, 0, n);
            return Arrays.stream(c).map(row -> Integer.toHexString(bits(row))).toList();
        }

        private static int bits(float[] row) {
            int hash = 1;
            for (float value : row) {
                // log of a negative number: the sign of a NaN is nobody's promise
                hash = 31 * hash + Float.floatToIntBits(value);
            }
            return hash;
        }
    }
}
