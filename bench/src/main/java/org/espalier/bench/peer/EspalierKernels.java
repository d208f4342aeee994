package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.RowSoftmax;
import org.espalier.bench.task.Tile;
import org.espalier.bench.task.VectorSum;
import org.espalier.bench.task.Workload;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;

/**
 * Our kernels on arrays, on one thread: the loops without tensors around them.
 *
 * @param name the name in the table
 * @param choice which implementation
 */
record EspalierKernels(String name, Supplier<Kernels> choice) implements Peer {
    private static final int TILE_CALLS = 20_000;
    private static final long TILE_NANOS = 5_000_000_000L;

    @Override
    public String describe() {
        return choice.get().name() + " kernels";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        if (task.threads() != 1) {
            return Optional.empty();
        }
        return switch (task) {
            case MatrixProduct product -> Optional.of(() -> product(product));
            case Tile tile when name.equals(Peers.SUBJECT) -> Optional.of(() -> tile(tile));
            case Dense dense -> Optional.of(() -> dense(dense));
            case Elementwise map -> Optional.of(() -> map(map));
            case RowSoftmax softmax -> Optional.of(() -> softmax(softmax));
            case VectorSum sum -> Optional.of(() -> sum(sum));
            default -> Optional.empty();
        };
    }

    private Work product(MatrixProduct task) {
        var kernels = choice.get();
        int m = task.m();
        int n = task.n();
        int k = task.k();
        var a = task.a();
        var b = task.b();
        var c = new float[m * n];
        return Work.filling(c, () -> kernels.gemm(false, false, m, n, k, a, 0, k, b, 0, n, false, c, 0, n));
    }

    /** Called often first: the compiler counts calls and steps, and a tile has few steps. */
    private Work tile(Tile task) {
        var work = product(task.product());
        long start = System.nanoTime();
        for (int i = 0; i < TILE_CALLS && System.nanoTime() - start < TILE_NANOS; i++) {
            work.run();
        }
        return work;
    }

    private Work dense(Dense task) {
        var kernels = choice.get();
        int batch = task.batch();
        int out = task.out();
        int in = task.in();
        var x = task.x();
        var w = task.w();
        var y = new float[batch * out];
        return Work.filling(y,
                () -> kernels.linear(batch, out, in, x, 0, w, 0, null, 0, FusedActivation.NONE, y, 0, out));
    }

    private Work map(Elementwise task) {
        var kernels = choice.get();
        int n = task.n();
        var x = task.x();
        var y = new float[n];
        return Work.filling(y, switch (task.function()) {
            case EXP -> () -> kernels.exp(x, 0, y, 0, n);
            case TANH -> () -> kernels.tanh(x, 0, y, 0, n);
        });
    }

    private Work softmax(RowSoftmax task) {
        var kernels = choice.get();
        var x = task.x();
        var y = new float[x.length];
        return Work.filling(y, () -> kernels.softmax(task.rows(), task.cols(), x, 0, y, 0));
    }

    private Work sum(VectorSum task) {
        var kernels = choice.get();
        var x = task.x();
        var y = new float[1];
        return Work.filling(y, () -> y[0] = kernels.sum(x, 0, x.length));
    }
}
