package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.report.RowInfo;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.Elementwise.Function;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Probe;
import org.espalier.bench.task.RowSoftmax;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Sparse.Pattern;
import org.espalier.bench.task.Tile;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.VectorSum;
import org.espalier.bench.task.Workload;

/** All rows, in the order of the table. */
public final class BenchRows {
    private static final String PRODUCTS = "Matrix products";
    private static final String TILES = "Micro-kernels in the L1 cache, rows x vectors";
    private static final String LAYERS = "One layer, weights [out x in] and packed";
    private static final String MAPS = "Maps and reductions";
    private static final String BATCHES = "One layer, pruned or not, ";
    private static final String SINGLE = "One layer, pruned or not, one sample";
    private static final String INFERENCE = "Inference";
    private static final String GRAPH = "Gradient graph";
    private static final String TRAINING = "Training step";
    private static final String SPARSE_TRAINING = "Training step, pruned or not";

    private static final Mlp LENET = Mlp.of(784, 300, 100, 10);
    private static final Mlp WIDE = Mlp.of(784, 1024, 1024, 10);
    private static final Mlp PRUNED_LENET = LENET.pruned(93, 90, 60);
    private static final Mlp SQUARE = Mlp.of(1024, 1024, 1024);
    private static final Mlp CIFAR = Mlp.of(3072, 1024, 512, 10);
    private static final Mlp LESSON = Mlp.of(2, 16, 16, 2);

    private BenchRows() {}

    /** All of them. */
    public static List<BenchRow> all() {
        var rows = new ArrayList<BenchRow>();
        rows.addAll(machine());
        rows.addAll(products());
        rows.addAll(tiles());
        rows.addAll(layers());
        rows.addAll(maps());
        rows.addAll(sparse());
        rows.addAll(inference());
        rows.addAll(training());
        return List.copyOf(rows);
    }

    /**
     * The row with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BenchRow named(String name) {
        return all().stream()
                .filter(row -> row.task().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such row: " + name));
    }

    private static List<BenchRow> machine() {
        var rows = new ArrayList<BenchRow>();
        for (var kind : Probe.Kind.values()) {
            rows.add(quick(RowInfo.MACHINE, new Probe(kind, 1)));
        }
        for (var kind : List.of(Probe.Kind.FMA_PEAK, Probe.Kind.READ_L3, Probe.Kind.READ_MEMORY)) {
            rows.add(new BenchRow(RowInfo.MACHINE, new Probe(kind, 2), kind == Probe.Kind.FMA_PEAK));
        }
        return rows;
    }

    private static List<BenchRow> products() {
        return List.of(
                full(PRODUCTS, new MatrixProduct(512, 512, 512, 1)),
                quick(PRODUCTS, new MatrixProduct(1024, 1024, 1024, 1)),
                full(PRODUCTS, new MatrixProduct(1020, 256, 1024, 1)),
                quick(PRODUCTS, new MatrixProduct(300, 128, 784, 1)),
                full(PRODUCTS, new MatrixProduct(1024, 128, 1024, 1)),
                full(PRODUCTS, new MatrixProduct(4096, 64, 1024, 1)),
                quick(PRODUCTS, new MatrixProduct(8, 8, 8, 1)),
                full(PRODUCTS, new MatrixProduct(16, 16, 16, 1)),
                full(PRODUCTS, new MatrixProduct(32, 32, 32, 1)),
                full(PRODUCTS, new MatrixProduct(64, 64, 64, 1)),
                quick(PRODUCTS, new MatrixProduct(1024, 1024, 1024, 2)));
    }

    private static List<BenchRow> tiles() {
        var rows = new ArrayList<BenchRow>();
        for (int vectors : new int[] {4, 2, 1}) {
            for (int height : new int[] {6, 4, 2, 1}) {
                rows.add(full(TILES, new Tile(height, vectors)));
            }
        }
        return rows;
    }

    private static List<BenchRow> layers() {
        return List.of(
                quick(LAYERS, new Dense(1, 300, 784)),
                full(LAYERS, new Dense(64, 1024, 1024)));
    }

    private static List<BenchRow> maps() {
        return List.of(
                quick(MAPS, new Elementwise(Function.EXP, 65536)),
                full(MAPS, new Elementwise(Function.TANH, 65536)),
                full(MAPS, new RowSoftmax(128, 10)),
                quick(MAPS, new RowSoftmax(128, 1000)),
                full(MAPS, new VectorSum(65536)));
    }

    private static List<BenchRow> sparse() {
        var rows = new ArrayList<BenchRow>();
        for (var shape : List.of(new int[] {300, 784}, new int[] {1024, 1024})) {
            int out = shape[0];
            int in = shape[1];
            var section = BATCHES + in + " → " + out;
            for (int batch : new int[] {64, 128, 256}) {
                boolean middle = batch == 128;
                rows.add(new BenchRow(section, new Sparse(out, in, batch, 0, Pattern.ANY), middle));
                for (int percent : new int[] {70, 80, 90, 95}) {
                    rows.add(new BenchRow(section, new Sparse(out, in, batch, percent, Pattern.ANY),
                            middle && percent == 90));
                }
            }
        }
        rows.add(quick(rows.getLast().section(), new Sparse(1024, 1024, 128, 90, Pattern.BLOCK_4X1)));
        rows.add(full(rows.getLast().section(), new Sparse(1024, 1024, 128, 90, Pattern.BLOCK_8X1)));
        for (var shape : List.of(new int[] {300, 784}, new int[] {1024, 1024}, new int[] {4096, 4096})) {
            for (int percent : new int[] {0, 90}) {
                rows.add(new BenchRow(SINGLE, new Sparse(shape[0], shape[1], 1, percent, Pattern.ANY),
                        shape[0] == 1024));
            }
        }
        rows.add(full(SINGLE, new Sparse(1024, 1024, 1, 90, Pattern.BLOCK_4X1)));
        rows.add(full(SINGLE, new Sparse(1024, 1024, 1, 90, Pattern.BLOCK_8X1)));
        rows.add(full(SINGLE, new Sparse(1024, 1024, 1, 0, Pattern.ONE_OF_8)));
        rows.add(quick(SINGLE, new Sparse(1024, 1024, 1, 0, Pattern.TWO_OF_32)));
        rows.add(full(SINGLE, new Sparse(1024, 1024, 1, 0, Pattern.FOUR_OF_32)));
        return rows;
    }

    private static List<BenchRow> inference() {
        return List.of(
                quick(INFERENCE, new Inference(LENET, 1, 1)),
                quick(INFERENCE, new Inference(LENET, 128, 1)),
                quick(INFERENCE, new Inference(PRUNED_LENET, 1, 1)),
                quick(INFERENCE, new Inference(PRUNED_LENET, 128, 1)),
                full(INFERENCE, new Inference(WIDE, 1, 1)),
                full(INFERENCE, new Inference(WIDE, 128, 1)),
                full(INFERENCE, new Inference(WIDE, 128, 2)));
    }

    private static List<BenchRow> training() {
        var rows = new ArrayList<BenchRow>();
        rows.add(quick(GRAPH, new AutogradGraph(100)));
        rows.add(quick(TRAINING, new Training(LESSON, 20, 1, Training.MNIST)));
        for (var net : List.of(LENET, WIDE)) {
            for (int threads = 1; threads <= 2; threads++) {
                for (int batch : new int[] {64, 256}) {
                    boolean quick = net.equals(LENET) || threads == 1 && batch == 256;
                    rows.add(new BenchRow(TRAINING, new Training(net, batch, threads, Training.MNIST), quick));
                }
            }
        }
        for (int percent : new int[] {0, 90}) {
            rows.add(full(SPARSE_TRAINING, new Training(SQUARE.pruned(percent), 128, 1, Training.MNIST)));
        }
        for (int percent : new int[] {0, 90, 99}) {
            rows.add(full(SPARSE_TRAINING, new Training(CIFAR.pruned(percent), 100, 2, Training.CIFAR)));
        }
        return rows;
    }

    private static BenchRow quick(String section, Workload task) {
        return new BenchRow(section, task, true);
    }

    private static BenchRow full(String section, Workload task) {
        return new BenchRow(section, task, false);
    }
}
