package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.peer.Work;
import org.espalier.bench.report.BreakEvenPlot;
import org.espalier.bench.report.Measurement;
import org.espalier.bench.report.Results;
import org.espalier.bench.report.RowInfo;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Sparse.Pattern;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * From which sparsity on does each format pay? One layer of 1024 × 1024 at growing sparsity in every format, for three
 * batches, beside the dense layer of ours and of the natives. All of a batch alternate in one process on one thread.
 */
final class BreakEven {
    /** Name of the files written, without an ending. */
    static final String FILE = "breakeven";

    private static final int SIZE = 1024;
    private static final int[] BATCHES = {1, 16, 128};
    private static final int[] PERCENT = {50, 60, 70, 80, 90, 95, 99};
    private static final List<String> NATIVES = List.of("openblas", "mkl", "libtorch", "onnxruntime");
    private static final long TURN = 5_000_000;

    private final List<RowInfo> rows = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();

    private final int turns;

    private BreakEven(int turns) {
        this.turns = turns;
    }

    /** Measures, and writes numbers and plot; the arguments are a folder and how many turns each format gets. */
    public static void main(String... args) throws IOException {
        var folder = Path.of(args[0]);
        var run = new BreakEven(Integer.parseInt(args[1]));
        for (int batch : BATCHES) {
            run.measure(batch);
        }
        var environment = new LinkedHashMap<String, String>();
        environment.put("date", Environment.date());
        environment.put("processor", Environment.processor());
        environment.put("JVM", Environment.jvm());
        var results = new Results(environment, new LinkedHashMap<>(), run.rows, run.measurements, List.of());
        Files.writeString(folder.resolve(FILE + ".json"), results.toJson().pretty());
        write(results, folder);
        System.exit(0);
    }

    /** Writes the plot of results. */
    static void write(Results results, Path folder) throws IOException {
        var file = folder.resolve(FILE + ".svg");
        Files.writeString(file, BreakEvenPlot.svg(results));
        System.out.println("Wrote " + file);
    }

    private record Line(Sparse task, String name) {}

    private void measure(int batch) {
        SequencedMap<Line, Runnable> works = new LinkedHashMap<>();
        var dense = new Sparse(SIZE, SIZE, batch, 0, Pattern.ANY);
        works.put(new Line(dense, "dense"), ours(dense, Format.DENSE));
        for (var name : NATIVES) {
            Peers.present().stream()
                    .filter(peer -> peer.name().equals(name))
                    .flatMap(peer -> peer.offer(dense).stream())
                    .forEach(offer -> {
                        Work work = offer.get();
                        works.put(new Line(dense, name), work::run);
                    });
        }
        for (int percent : PERCENT) {
            for (var format : Format.values()) {
                if (format.isSparse() && format.suits(batch)) {
                    pattern(format).ifPresent(pattern -> {
                        var task = new Sparse(SIZE, SIZE, batch, percent, pattern);
                        works.put(new Line(task, format.toString().toLowerCase(Locale.ROOT)), ours(task, format));
                    });
                }
            }
        }
        var times = Turns.of(List.copyOf(works.values()), turns, TURN);
        int i = 0;
        for (var line : works.keySet()) {
            var info = new BenchRow("Break-even", line.task(), false).info();
            if (!rows.contains(info)) {
                rows.add(info);
            }
            var measurement = new Measurement(info.name(), line.name(), 0, Optional.empty(), 0, times.get(i++));
            measurements.add(measurement);
            System.out.printf(Locale.ROOT, "%-36s %-12s %12.2f µs%n", info.name(), line.name(),
                    measurement.time() / 1000);
        }
    }

    /** The pattern of weights a format is made for; none for blocks of other sizes than the patterns have. */
    private static Optional<Pattern> pattern(Format format) {
        return switch (format) {
            case BLOCKS_4 -> Optional.of(Pattern.BLOCK_4X1);
            case BLOCKS_8 -> Optional.of(Pattern.BLOCK_8X1);
            case BLOCKS_16 -> Optional.empty();
            default -> Optional.of(Pattern.ANY);
        };
    }

    private static Runnable ours(Sparse task, Format format) {
        var weight = Storage.adopt(Shape.of(SIZE, SIZE), task.w());
        var step = format.step(
                new LinearFormat.Weights("layer", weight, Tensor.zeros(Shape.of(SIZE)), Optional.empty()));
        var x = task.x();
        var y = new float[task.batch() * SIZE];
        var workspace = new Workspace();
        return () -> step.apply(x, 0, task.batch(), y, 0, workspace);
    }
}
