package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.espalier.bench.report.Statistics;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Sparse.Pattern;
import org.espalier.nn.Linear;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Workspace;
import org.espalier.prune.deploy.Deploy;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Compiled layers beside dense ones: 100 random layers of all sizes, sparsities, patterns and batches. Deployment
 * promises that a compiled layer is never slower than the dense one.
 */
final class NeverSlower {
    private static final int LAYERS = 100;
    private static final int TURNS = 6;
    private static final long TURN = 500_000;
    private static final double GOAL = 1.05;
    private static final int[] BATCHES = {1, 2, 4, 16, 64, 128, 256};

    private NeverSlower() {}

    /** A layer's times in nanoseconds, and the median over the turns of compiled to dense. */
    private record Line(Sparse layer, String format, double dense, double compiled, double ratio) {}

    /** Writes the table; the arguments are a folder and how many copies of each layer are measured. */
    public static void main(String... args) throws IOException {
        int copies = Integer.parseInt(args[1]);
        var random = new SplittableRandom(2026);
        var lines = new ArrayList<Line>();
        while (lines.size() < LAYERS) {
            var line = measure(random(random), copies);
            lines.add(line);
            System.out.printf(Locale.ROOT, "%3d  %-36s %-10s %6.3f%n", lines.size(), line.layer().name(),
                    line.format(), line.ratio());
        }
        var file = Path.of(args[0], "never-slower.md");
        Files.writeString(file, page(lines, copies));
        System.out.println("Wrote " + file);
        System.exit(0);
    }

    /** Sizes spread evenly over their logarithms; inputs in whole groups, as some patterns need. */
    private static Sparse random(SplittableRandom random) {
        int out = size(random);
        int in = (size(random) + 31) / 32 * 32;
        var patterns = Pattern.values();
        var pattern = patterns[random.nextInt(4) < 2 ? 0 : random.nextInt(patterns.length)];
        return new Sparse(out, in, BATCHES[random.nextInt(BATCHES.length)], random.nextInt(100), pattern);
    }

    private static int size(SplittableRandom random) {
        return (int) Math.exp(random.nextDouble(Math.log(16), Math.log(1500)));
    }

    private static Line measure(Sparse task, int copies) {
        int batch = task.batch();
        var weight = Storage.adopt(Shape.of(task.out(), task.in()), task.w());
        var layer = Linear.of(weight, Tensor.zeros(Shape.of(task.out())));
        var table = Deploy.measure(layer, batch).table();
        var dense = new ArrayList<Double>();
        var compiled = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        // Where arrays happen to lie makes small layers up to a tenth faster or slower: several copies even it out.
        for (int copy = 0; copy < copies; copy++) {
            var x = task.x();
            var y = new float[batch * task.out()];
            var works = List.of(
                    predict(InferenceModel.of(layer), batch, x, y), predict(Deploy.of(layer, table), batch, x, y));
            var times = copy == 0 ? Turns.of(works, TURNS, TURN) : Turns.ofCompiled(works, TURNS, TURN);
            dense.addAll(times.get(0));
            compiled.addAll(times.get(1));
            ratios.addAll(Turns.ratios(times));
        }
        var format = table.layers().getFirst().chosen().getFirst().toString().toLowerCase(Locale.ROOT);
        return new Line(task, format, Statistics.median(dense), Statistics.median(compiled), Statistics.median(ratios));
    }

    private static Runnable predict(InferenceModel model, int batch, float[] x, float[] y) {
        var workspace = new Workspace();
        return () -> model.predict(x, batch, y, workspace);
    }

    private static String page(List<Line> lines, int copies) {
        var page = new StringBuilder("# Compiled layers are never slower than dense ones\n\n");
        long late = lines.stream().filter(line -> line.ratio() > GOAL).count();
        var ratios = lines.stream().map(Line::ratio).toList();
        page.append(String.format(Locale.ROOT, """
                %d random layers, each compiled by `Deploy` for its batch and timed against its dense form, %d turns of
                %.1f ms each on %d copies of both, alternating in one process on one thread; the ratio is the median
                over the turns, below 1 the compiled layer is faster. Where the format is dense, both are the same code.
                Largest ratio: **%.3f** (goal: at most %.2f); layers over the goal: %d. Median: %.3f.

                - date: %s
                - processor: %s
                - JVM: %s

                | # | layer | zeros | batch | format | dense µs | compiled µs | ratio |
                |---|---|---|---|---|---|---|---|
                """, lines.size(), TURNS, TURN / 1e6, copies,
                ratios.stream().max(Double::compare).orElseThrow(), GOAL, late,
                Statistics.median(ratios), Environment.date(), Environment.processor(), Environment.jvm()));
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var task = line.layer();
            page.append(String.format(Locale.ROOT, "| %d | %d → %d | %s | %d | %s | %.2f | %.2f | %.3f |\n", i + 1,
                    task.in(), task.out(), task.zeros(), task.batch(), line.format(), line.dense() / 1000,
                    line.compiled() / 1000, line.ratio()));
        }
        return page.toString();
    }
}
