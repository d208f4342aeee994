package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same bits from the interpreter, from each compiler and from each vector width, in a JVM of its own for each;
 * {@code -Despalier.modes=20} computes with that many inputs.
 */
@Tag("trials")
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "it starts JVMs of its own")
class JvmModesTest {
    /** Enough for the first compiler to take the loops, and little for the interpreter. */
    private static final int TURNS = 3;
    /** Enough for the second compiler, which the vector kernels need. */
    private static final int VECTOR_TURNS = 1_000;
    private static final long INPUTS = Promise.JVM_MODES.count();

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
        same(mode, List.of(mode, "-Despalier.kernels=scalar"), TURNS);
    }

    /** In bytes: 4, 8 and 16 lanes; a machine has those up to its own width. */
    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void everyVectorWidthGivesTheSameBits(int bytes) throws Exception {
        same("vectors of " + 8 * bytes + " bits", List.of("-XX:MaxVectorSize=" + bytes, "--add-modules",
                "jdk.incubator.vector", "-Despalier.kernels=vector"), VECTOR_TURNS);
    }

    private static void same(String mode, List<String> flags, int turns) throws Exception {
        Trials.of(Promise.JVM_MODES, mode).run(trials -> {
            assertEquals(Program.results(INPUTS, TURNS), results(flags, turns));
            trials.add(INPUTS);
        });
    }

    @Test
    void everyOperationHasAResultOfItsOwn() {
        var rows = Program.results(INPUTS, TURNS);
        assertEquals(rows.size(), new HashSet<>(rows).size());
        assertTrue(rows.size() > 10);
    }

    private static List<String> results(List<String> flags, int turns)
            throws IOException, URISyntaxException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", root(Kernels.class) + File.pathSeparator
                + root(JvmModesTest.class), Program.class.getName(), "" + INPUTS, "" + turns));
        var process = new ProcessBuilder(command)
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

    /** Prints a line for each operation and input: a hash of the bits of its result after some turns. */
    static final class Program {
        private Program() {}

        static void main(String[] args) {
            results(Long.parseLong(args[0]), Integer.parseInt(args[1])).forEach(System.out::println);
        }

        static List<String> results(long inputs, int turns) {
            var lines = new ArrayList<String>();
            for (long input = 0; input < inputs; input++) {
                List<String> last = List.of();
                for (int turn = 0; turn < turns; turn++) {
                    last = once(KernelChoice.current().dense(), input);
                }
                lines.addAll(last);
            }
            return lines;
        }

        private static List<String> once(Kernels kernels, long input) {
            int n = 700;
            float[] a = Rng.of(1 + 2 * input).normal(Shape.of(n), 2).toArray();
            float[] b = Rng.of(2 + 2 * input).normal(Shape.of(n), 1).toArray();
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
