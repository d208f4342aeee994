package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In the second half of some work a process holds no more memory, threads and open files than in the first.
 * {@code -Despalier.steps=1000000 -Despalier.loads=100000}.
 */
@Tag("trials")
class LeakTest {
    /** What may come late and once: vector kernels begin to warm up seconds after the first use, with their arrays. */
    private static final long HEAP_BYTES = 4 << 20;
    /** Compiled code and what the JVM keeps for itself. */
    private static final long RESIDENT_BYTES = 48 << 20;
    private static final Path SELF = Path.of("/proc/self");

    @TempDir
    private Path folder;

    /** Does some work ten times and prints what is held after each time. */
    static final class Program {
        private Program() {}

        static void main(String[] args) throws Exception {
            long tenth = Math.max(1, Long.parseLong(args[1]) / 10);
            LongConsumer work = args[0].equals("steps") ? train() : load(Path.of(args[2]));
            for (int i = 0; i < 10; i++) {
                work.accept(tenth);
                System.out.println(held());
            }
        }

        /** Bytes of heap after collection, of memory in all, threads, open files. */
        private static String held() throws Exception {
            var runtime = Runtime.getRuntime();
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(20);
            }
            long pages = Long.parseLong(Files.readString(SELF.resolve("statm")).split(" ")[1]);
            try (var open = Files.list(SELF.resolve("fd")); var threads = Files.list(SELF.resolve("task"))) {
                return runtime.totalMemory() - runtime.freeMemory() + " " + pages * 4096 + " " + threads.count() + " "
                        + open.count();
            }
        }

        private static LongConsumer train() {
            var model = model();
            var samples = Samples.rings(1000, 1);
            var trainer = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(4);
            long perEpoch = 250;
            return steps -> {
                for (long epoch = 0; epoch < Math.max(1, steps / perEpoch); epoch++) {
                    trainer.epochs(1).fit(samples);
                }
            };
        }

        private static Sequential model() {
            var model = Sequential.of(Linear.of(2, 12), Activation.relu(), Linear.of(12, 3));
            model.initialize(Init.heNormal(), 1);
            return model;
        }

        /** Loads and predicts, now and then in a thread pool that is closed. */
        private static LongConsumer load(Path folder) {
            var model = model();
            var weight = model.parameters().get("fc1.weight");
            weight.assignMask(Mask.of(weight.shape(), i -> i % 4 == 0));
            var file = folder.resolve("model.safetensors");
            try {
                ModelFile.of(model).write(file);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return loads -> {
                for (long i = 0; i < loads; i++) {
                    try {
                        InferenceModel.load(file).predict(1, 2);
                        ModelFile.read(file);
                        if (i % 100 == 0) {
                            try (var threads = Parallelism.of(2)) {
                                threads.call(() -> InferenceModel.of(model).predict(1, 2));
                            }
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        }
    }

    @Test
    void stepsOfTrainingLeaveNothing() throws Exception {
        flat(Promise.STEPS, "steps");
    }

    @Test
    void loadingLeavesNothing() throws Exception {
        flat(Promise.LOADS, "loads");
    }

    private void flat(Promise promise, String work) throws Exception {
        assumeTrue(Files.exists(SELF.resolve("statm")), "this system does not tell");
        for (var flags : List.of(List.of("-Despalier.kernels=scalar"),
                List.of("--add-modules", "jdk.incubator.vector", "-Despalier.kernels=auto"))) {
            Trials.of(promise, flags.getLast()).run(trials -> {
                var all = new ArrayList<>(List.of(
                        "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC",
                        "-XX:-UseDynamicNumberOfCompilerThreads"));
                all.addAll(flags);
                var output = folder.resolve("output");
                var process = OwnJvm.of(all, Program.class, work, "" + promise.count(), folder.toString())
                        .redirectOutput(output.toFile()).start();
                var exit = process.waitFor();
                var lines = Files.readAllLines(output).stream().filter(line -> !line.startsWith("WARNING")).toList();
                assertEquals(0, exit, lines::toString);
                assertEquals(10, lines.size(), lines::toString);
                long[] before = numbers(lines.getFirst());
                long[] after = numbers(lines.getLast());
                assertTrue(
                        leastHeap(lines.subList(5, 10)) <= leastHeap(lines.subList(0, 5)) + HEAP_BYTES,
                        () -> "heap: " + lines);
                assertTrue(after[1] <= before[1] + RESIDENT_BYTES, () -> "memory: " + lines);
                assertTrue(after[2] <= before[2] + 1, () -> "threads: " + lines);
                assertTrue(after[3] <= before[3], () -> "open files: " + lines);
                trials.add(promise.count());
            });
        }
    }

    /** Threads of the library and of the JVM hold something now and then, so the least of several times counts. */
    private static long leastHeap(List<String> lines) {
        return lines.stream().mapToLong(line -> numbers(line)[0]).min().orElseThrow();
    }

    private static long[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
