package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.espalier.bench.report.Statistics;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Training;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.UpdateRule;
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
 * Where the time of a training step goes, on one thread: its three parts by the clock, and beside each the products of
 * matrices that it consists of, alone, one after another. What a part takes longer is not multiplying.
 */
final class StepTime {
    private static final long TURN = 300_000_000;

    private StepTime() {}

    /** The parts of a step, in order. */
    private enum Part {
        FORWARD("forward and loss"),
        INPUTS("gradients of the inputs"),
        WEIGHTS("gradients of the weights, Adam");

        private final String title;

        Part(String title) {
            this.title = title;
        }
    }

    /** A product of a layer's step, m x n x k. */
    private record Product(Part part, boolean transA, boolean transB, int m, int n, int k) {
        Runnable work(Kernels kernels) {
            float[] a = Storage.array(Rng.of(1).normal(Shape.of(m, k), 1));
            float[] b = Storage.array(Rng.of(2).normal(Shape.of(k, n), 1));
            var c = new float[m * n];
            return () -> kernels.gemm(transA, transB, m, n, k, a, 0, transA ? m : k, b, 0, transB ? k : n, false, c, 0,
                    n);
        }

        double operations() {
            return 2.0 * m * n * k;
        }
    }

    /** Writes the page; the arguments are a folder, how many turns each part gets, and which nets and batches. */
    public static void main(String... args) throws IOException {
        int turns = Integer.parseInt(args[1]);
        var wanted = Pattern.compile(args[2]);
        var page = new StringBuilder(String.format(Locale.ROOT, """
                # Where the time of a training step goes

                Adam, cross-entropy, one thread, dense weights; microseconds, medians over the steps of %d turns of
                %d ms. Beside each part its products, one for every layer (the first needs no gradient of its inputs):
                each alone and again and again, so with its operands in the nearest cache that holds them. The gradient
                of a weight is computed when Adam reads it; Adam alone is one sweep over all weights.

                - date: %s
                - processor: %s
                - vectors: %s
                - JVM: %s
                """, turns, TURN / 1_000_000, Environment.date(), Environment.processor(),
                KernelChoice.current().dense().name(), Environment.jvm()));
        for (var net : List.of(Mlp.of(784, 300, 100, 10), Mlp.of(784, 1024, 1024, 10))) {
            for (int batch : new int[] {64, 256}) {
                if (wanted.matcher(net + " b" + batch).find()) {
                    page.append(section(net, batch, turns));
                }
            }
        }
        var file = Path.of(args[0], "step-time.md");
        Files.writeString(file, page);
        System.out.println("Wrote " + file);
        System.exit(0);
    }

    private static String section(Mlp net, int batch, int turns) {
        var parts = new Parts(net, batch);
        new CompilerWarmUp(parts::step).untilCompiled();
        parts.clear();
        var kernels = KernelChoice.current().dense();
        var products = products(net, batch);
        List<Runnable> works = new ArrayList<>();
        products.forEach(product -> works.add(product.work(kernels)));
        works.add(adam(net, kernels));
        works.forEach(work -> new CompilerWarmUp(work).untilCompiled());
        List<List<Double>> alone = new ArrayList<>();
        works.forEach(work -> alone.add(new ArrayList<>()));
        for (int turn = 0; turn < turns; turn++) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TURN) {
                parts.step();
            }
            for (int i = 0; i < works.size(); i++) {
                alone.get(i).addAll(Turns.ofCompiled(List.of(works.get(i)), 5, TURN / 50).getFirst());
            }
        }
        double step = 0;
        for (var part : Part.values()) {
            step += parts.median(part);
        }
        var text = new StringBuilder(String.format(Locale.ROOT, """

                ## %s, batch %d: %.0f µs a step

                | part | µs | share | its products alone, µs | GFLOP/s alone |
                |---|---|---|---|---|
                """, net, batch, step / 1000));
        double sum = 0;
        double operations = 0;
        for (var part : Part.values()) {
            double multiplying = 0;
            double needed = 0;
            for (int i = 0; i < products.size(); i++) {
                if (products.get(i).part() == part) {
                    multiplying += Statistics.median(alone.get(i));
                    needed += products.get(i).operations();
                }
            }
            sum += multiplying;
            operations += needed;
            text.append(row(part.title, parts.median(part), step, multiplying, needed));
        }
        text.append(row("all", step, step, sum, operations));
        double adam = Statistics.median(alone.getLast());
        text.append(String.format(Locale.ROOT, "| Adam alone | %.0f | %.0f %% | | |%n", adam / 1000,
                100 * adam / step));
        System.out.print(text);
        return text.toString();
    }

    private static String row(String title, double nanos, double step, double products, double operations) {
        return String.format(Locale.ROOT, "| %s | %.0f | %.0f %% | %.0f | %.0f |%n", title, nanos / 1000,
                100 * nanos / step, products / 1000, operations / products);
    }

    private static List<Product> products(Mlp net, int batch) {
        List<Product> products = new ArrayList<>();
        for (int l = 0; l < net.layers(); l++) {
            products.add(new Product(Part.FORWARD, false, true, batch, net.out(l), net.in(l)));
            products.add(new Product(Part.WEIGHTS, true, false, net.out(l), net.in(l), batch));
            if (l > 0) {
                products.add(new Product(Part.INPUTS, false, false, batch, net.in(l), net.out(l)));
            }
        }
        return products;
    }

    /** A sweep over as many weights as the net has. */
    private static Runnable adam(Mlp net, Kernels kernels) {
        int n = 0;
        for (int l = 0; l < net.layers(); l++) {
            n += net.out(l) * (net.in(l) + 1);
        }
        int weights = n;
        float[] w = Storage.array(Rng.of(4).normal(Shape.of(weights), 1));
        float[] g = Storage.array(Rng.of(5).normal(Shape.of(weights), 1));
        var first = new float[weights];
        var second = new float[weights];
        var rule = new UpdateRule.Adam(Training.RATE, 0.9f, 0.999f, 1e-8f, 0, false, 2);
        return () -> kernels.update(rule, 0, weights, w, g, first, second, null, w);
    }

    /** Steps whose parts are timed. */
    private static final class Parts {
        private final Map<Part, List<Double>> times = new EnumMap<>(Part.class);
        private final Runnable step;

        Parts(Mlp net, int batch) {
            clear();
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
                times.get(Part.FORWARD).add((double) computed - start);
                times.get(Part.INPUTS).add((double) differentiated - computed);
                times.get(Part.WEIGHTS).add((double) end - differentiated);
            };
        }

        void step() {
            step.run();
        }

        double median(Part part) {
            return Statistics.median(times.get(part));
        }

        void clear() {
            for (var part : Part.values()) {
                times.put(part, new ArrayList<>());
            }
        }
    }
}
