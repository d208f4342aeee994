package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.report.Statistics.Spread;

/** The figures promised for pruned layers and networks. Natives run the dense ones: their time knows no zeros. */
final class SparseFigures {
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
        var goals = new double[][] {{70, 1.8}, {80, 3}, {90, 5}, {95, 9}};
        for (var goal : goals) {
            var percent = Math.round(goal[0]) + "%";
            figures.addWorst("layers at " + percent + ", b64 to b256, the worst: best native dense / ours", goal[1],
                    rows(percent), this::toDense);
        }
        figures.addWorst("layers at 90%, b64 to b256, the worst: MKL sparse / ours", 3, rows("90%"), this::toMklSparse);
        var blocks = "layer 1024x1024 b128 90% 4x1 blocks";
        figures.add(blocks + ": best native dense / ours", 8, blocks, toDense(blocks));
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
            single("layer " + shape + " b1 90%", 4, 3);
        }
        single("layer 4096x4096 b1 90%", 5, 2);
        single("layer 1024x1024 b1 2:32", 9, 0);
        single("layer 1024x1024 b1 4:32", 7, 0);
    }

    private void single(String row, double dense, double sparse) {
        figures.add(row + ": best native gemv / ours", dense, row, toDense(row));
        if (sparse > 0) {
            figures.add(row + ": MKL sparse / ours", sparse, row, toMklSparse(row));
        }
    }

    private void networks() {
        figures.add(LENET + "1: faster of libtorch and ONNX Runtime / ours", 8, LENET + "1",
                figures.against(LENET + "1", "libtorch", "onnxruntime"));
        figures.add(LENET + "128: faster of libtorch and ONNX Runtime / ours", 5, LENET + "128",
                figures.against(LENET + "128", "libtorch", "onnxruntime"));
    }

    private void training() {
        figures.add(SQUARE + " zeros 90% b128: libtorch, dense / ours", 5, SQUARE + " zeros 90% b128",
                ratio(SQUARE + " b128", "libtorch", SQUARE + " zeros 90% b128"));
        epoch("90%", 1);
        epoch("99%", 0.4);
        for (var zeros : List.of("90%", "99%")) {
            figures.add(CIFAR + " zeros " + zeros + " b100 2 threads: ours, dense / ours", 4,
                    CIFAR + " zeros " + zeros + " b100 2 threads",
                    ratio(CIFAR + " b100 2 threads", Figures.OURS, CIFAR + " zeros " + zeros + " b100 2 threads"));
        }
    }

    private void epoch(String zeros, double seconds) {
        var row = CIFAR + " zeros " + zeros + " b100 2 threads";
        figures.results().row(row).ifPresent(info -> figures.addLimit(row + ": seconds for an epoch", seconds, row,
                Figures.scaled(figures.results().time(row, Figures.OURS), info.perEpoch() / 1e9)));
    }

    /** The dense layer of this row's shape and batch, by the fastest native peer, over the row by us. */
    private Optional<Spread> toDense(String row) {
        var parts = row.split(" ");
        var dense = String.join(" ", parts[0], parts[1], parts[2], "dense");
        return Results.ratio(figures.fastest(dense, NATIVES), figures.results().times(row, Figures.OURS));
    }

    private Optional<Spread> toMklSparse(String row) {
        return figures.results().ratio(row, "mkl-sparse", Figures.OURS);
    }

    private Optional<Spread> ratio(String slow, String peer, String fast) {
        return Results.ratio(figures.results().times(slow, peer), figures.results().times(fast, Figures.OURS));
    }
}
