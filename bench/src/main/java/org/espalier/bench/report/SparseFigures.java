package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.report.Figures.Goal;
import org.espalier.bench.report.Statistics.Spread;

/** The figures promised for pruned layers and networks. Natives run the dense ones: their time knows no zeros. */
final class SparseFigures {
    private static final double NONE = Figures.NONE;
    private static final String[] NATIVES = {"openblas", "mkl", "libtorch", "onnxruntime"};
    private static final List<String> SHAPES = List.of("300x784", "1024x1024");
    private static final String LENET = "infer 784-300-100-10 zeros 93/90/60% b";
    private static final String SQUARE = "train 1024-1024-1024";
    private static final String CIFAR = "train 3072-1024-512-10";

    private final Figures figures;

    private SparseFigures(Figures figures) {
        this.figures = figures;
    }

    static void addTo(Figures figures) {
        var sparse = new SparseFigures(figures);
        sparse.batches();
        sparse.singles();
        sparse.networks();
        sparse.training();
    }

    private void batches() {
        batches("70%", Goal.of(1.8, NONE, NONE));
        batches("80%", Goal.of(3.2, 2.5, NONE));
        batches("90%", Goal.of(5.4, 4.4, NONE));
        batches("95%", Goal.of(9, 6.9, NONE));
        figures.addWorst("layers at 90%, b64 to b256, the worst: ours, dense / ours", Goal.of(NONE, NONE, 3.5),
                rows("90%"), this::toOurDense);
        figures.addWorst("layers at 90%, b64 to b256, the worst: MKL sparse / ours", Goal.of(2.6, 1.3, NONE),
                rows("90%"), this::toMklSparse);
        for (var pattern : List.of("4x1", "8x1")) {
            var blocks = "layer 1024x1024 b128 90% " + pattern + " blocks";
            figures.add(blocks + ": best native dense / ours", Goal.of(8, 5.5, NONE), blocks, toDense(blocks));
        }
    }

    private void batches(String percent, Goal goal) {
        figures.addWorst("layers at " + percent + ", b64 to b256, the worst: best native dense / ours", goal,
                rows(percent), this::toDense);
    }

    private static List<String> rows(String ending) {
        var rows = new ArrayList<String>();
        for (var shape : SHAPES) {
            for (int batch : new int[] {64, 128, 256}) {
                rows.add("layer " + shape + " b" + batch + " " + ending);
            }
        }
        return rows;
    }

    private void singles() {
        for (var shape : SHAPES) {
            var dense = "layer " + shape + " b1 dense";
            figures.add(dense + ": best native gemv / ours", Goal.of(1, 1, NONE), dense, toDense(dense));
            figures.add(dense + ": share of the cache's bandwidth", Goal.of(NONE, NONE, 0.6),
                    figures.shareOfBound(dense));
            single("layer " + shape + " b1 90%", Goal.of(4.5, 3, NONE), Goal.of(3, 1.5, NONE),
                    Goal.of(NONE, NONE, 1.6));
        }
        var none = Goal.of(NONE, NONE, NONE);
        single("layer 4096x4096 b1 90%", Goal.of(5, NONE, NONE), Goal.of(2, NONE, NONE), none);
        single("layer 1024x1024 b1 90% 8x1 blocks", Goal.of(8, 7, NONE), none, none);
        single("layer 1024x1024 b1 90% 4x1 blocks", none, none, Goal.of(NONE, NONE, 4.5));
        single("layer 1024x1024 b1 1:8", Goal.of(5, 3, NONE), none, none);
        single("layer 1024x1024 b1 2:32", Goal.of(9, NONE, NONE), none, none);
        single("layer 1024x1024 b1 4:32", Goal.of(7, NONE, NONE), none, none);
    }

    private void single(String row, Goal dense, Goal sparse, Goal own) {
        figures.add(row + ": best native gemv / ours", dense, row, toDense(row));
        figures.add(row + ": MKL sparse / ours", sparse, row, toMklSparse(row));
        figures.add(row + ": ours, dense / ours", own, row, toOurDense(row));
    }

    private void networks() {
        figures.add(LENET + "1: faster of libtorch and ONNX Runtime / ours", Goal.of(9, 5, NONE), LENET + "1",
                figures.against(LENET + "1", "libtorch", "onnxruntime"));
        figures.add(LENET + "128: faster of libtorch and ONNX Runtime / ours", Goal.of(6, 4.5, NONE), LENET + "128",
                figures.against(LENET + "128", "libtorch", "onnxruntime"));
    }

    private void training() {
        figures.add(SQUARE + " zeros 90% b128: libtorch, dense / ours", Goal.of(6, 4.5, NONE),
                SQUARE + " zeros 90% b128",
                ratio(SQUARE + " b128", "libtorch", SQUARE + " zeros 90% b128"));
        epoch("90%", Goal.of(1, NONE, NONE));
        epoch("99%", Goal.of(0.4, NONE, NONE));
        for (var zeros : List.of("90%", "99%")) {
            var goal = zeros.equals("90%") ? Goal.of(5, 4, NONE) : Goal.of(10, 10, NONE);
            figures.add(CIFAR + " zeros " + zeros + " b100 2 threads: ours, dense / ours", goal,
                    CIFAR + " zeros " + zeros + " b100 2 threads",
                    ratio(CIFAR + " b100 2 threads", Figures.OURS, CIFAR + " zeros " + zeros + " b100 2 threads"));
        }
    }

    private void epoch(String zeros, Goal seconds) {
        var row = CIFAR + " zeros " + zeros + " b100 2 threads";
        figures.results().row(row).ifPresent(info -> figures.addLimit(row + ": seconds for an epoch", seconds, row,
                Figures.scaled(figures.results().time(row, Figures.OURS), info.perEpoch() / 1e9)));
    }

    private static String dense(String row) {
        var parts = row.split(" ");
        return String.join(" ", parts[0], parts[1], parts[2], "dense");
    }

    /** Our dense layer of this row's shape and batch over the row. */
    private Optional<Spread> toOurDense(String row) {
        return ratio(dense(row), Figures.OURS, row);
    }

    /** The dense layer of this row's shape and batch, by the fastest native peer, over the row by us. */
    private Optional<Spread> toDense(String row) {
        var dense = dense(row);
        return Results.ratio(figures.fastest(dense, NATIVES), figures.results().times(row, Figures.OURS));
    }

    private Optional<Spread> toMklSparse(String row) {
        return figures.results().ratio(row, "mkl-sparse", Figures.OURS);
    }

    private Optional<Spread> ratio(String slow, String peer, String fast) {
        return Results.ratio(figures.results().times(slow, peer), figures.results().times(fast, Figures.OURS));
    }
}
