package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.espalier.bench.report.Statistics;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Training;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Where the time of a training step goes, on one thread: its three parts by the clock, and beside them the products of
 * matrices that it consists of, alone, one after another. What a step takes longer is not multiplying.
 */
final class StepTime {
    private static final long TURN = 300_000_000;

    private StepTime() {}

    /** The products of a layer's step, m x n x k: the layer, the gradient of its inputs, that of its weights. */
    private record Product(boolean transA, boolean transB, int m, int n, int k) {
        Runnable work(Kernels kernels) {
            float[] a = Storage.array(Rng.of(1).normal(Shape.of(m, k), 1));
            float[] b = Storage.array(Rng.of(2).normal(Shape.of(k, n), 1));
            var c = new float[m * n];
            return () -> kernels.gemm(transA, transB, m, n, k, a, 0, transA ? m : k, b, 0, transB ? k : n, false, c, 0,
                    n);
        }
    }

    /** Writes the page; the arguments are a folder, how many turns each part gets, and which nets and batches. */
    public static void main(String... args) throws IOException {
        int turns = Integer.parseInt(args[1]);
        var wanted = Pattern.compile(args[2]);
        var page = new StringBuilder(String.format(Locale.ROOT, """
                # Where the time of a training step goes

                Adam, cross-entropy, one thread, dense weights; microseconds, medians over the steps of %d turns of
                %d ms. Products are the three of every layer (none for the inputs of the first), each alone and again
                and again, so with its operands in the nearest cache that holds them. The gradient of a weight is
                computed with the optimizer step that reads it.

                - date: %s
                - processor: %s
                - vectors: %s
                - JVM: %s

                | net | batch | step | forward and loss | backward | optimizer | products alone | share |
                |---|---|---|---|---|---|---|---|
                """, turns, TURN / 1_000_000, Environment.date(), Environment.processor(),
                KernelChoice.current().dense().name(), Environment.jvm()));
        for (var net : List.of(Mlp.of(784, 300, 100, 10), Mlp.of(784, 1024, 1024, 10))) {
            for (int batch : new int[] {64, 256}) {
                if (wanted.matcher(net + " b" + batch).find()) {
                    page.append(line(net, batch, turns));
                }
            }
        }
        var file = Path.of(args[0], "step-time.md");
        Files.writeString(file, page);
        System.out.println("Wrote " + file);
        System.exit(0);
    }

    private static String line(Mlp net, int batch, int turns) {
        var parts = new Parts(net, batch);
        new CompilerWarmUp(parts::step).untilCompiled();
        parts.clear();
        var products = products(net, batch);
        products.forEach(product -> new CompilerWarmUp(product).untilCompiled());
        List<Double> alone = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TURN) {
                parts.step();
            }
            double sum = 0;
            for (var product : products) {
                sum += Statistics.median(Turns.ofCompiled(List.of(product), 5, TURN / 50).getFirst());
            }
            alone.add(sum);
        }
        double whole = Statistics.median(parts.forward) + Statistics.median(parts.backward)
                + Statistics.median(parts.optimizer);
        double sum = Statistics.median(alone);
        String line = String.format(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f %% |%n", net,
                batch, whole / 1000, Statistics.median(parts.forward) / 1000, Statistics.median(parts.backward) / 1000,
                Statistics.median(parts.optimizer) / 1000, sum / 1000, 100 * sum / whole);
        System.out.print(line);
        return line;
    }

    private static List<Runnable> products(Mlp net, int batch) {
        var kernels = KernelChoice.current().dense();
        List<Runnable> works = new ArrayList<>();
        for (int l = 0; l < net.layers(); l++) {
            works.add(new Product(false, true, batch, net.out(l), net.in(l)).work(kernels));
            works.add(new Product(true, false, net.out(l), net.in(l), batch).work(kernels));
            if (l > 0) {
                works.add(new Product(false, false, batch, net.in(l), net.out(l)).work(kernels));
            }
        }
        return works;
    }

    /** Steps whose parts are timed. */
    private static final class Parts {
        final List<Double> forward = new ArrayList<>();
        final List<Double> backward = new ArrayList<>();
        final List<Double> optimizer = new ArrayList<>();
        private final Runnable step;

        Parts(Mlp net, int batch) {
            var layers = new Layer[2 * net.layers() - 1];
            for (int l = 0; l < net.layers(); l++) {
                layers[2 * l] = Linear.of(Storage.adopt(Shape.of(net.out(l), net.in(l)), net.weight(l)),
                        Storage.adopt(Shape.of(net.out(l)), net.bias(l)));
                if (l > 0) {
                    layers[2 * l - 1] = Activation.relu();
                }
            }
            var model = Sequential.of(layers);
            var bound = Optimizer.adam(Training.RATE).bind(model);
            var mode = Mode.training(Rng.of(1));
            var x = Rng.of(3).normal(Shape.of(batch, net.inputs()), 1);
            var labels = new float[batch];
            for (int i = 0; i < batch; i++) {
                labels[i] = i % net.outputs();
            }
            var targets = Tensor.vector(labels);
            step = () -> {
                long start = System.nanoTime();
                var loss = Loss.crossEntropy().value(model.forward(x, mode), targets);
                loss.item();
                long computed = System.nanoTime();
                var gradients = loss.backward();
                long differentiated = System.nanoTime();
                bound.step(gradients);
                long end = System.nanoTime();
                forward.add((double) computed - start);
                backward.add((double) differentiated - computed);
                optimizer.add((double) end - differentiated);
            };
        }

        void step() {
            step.run();
        }

        void clear() {
            forward.clear();
            backward.clear();
            optimizer.clear();
        }
    }
}
