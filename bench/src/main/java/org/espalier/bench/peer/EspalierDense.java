package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Task;
import org.espalier.kernel.Kernels;

/** Our dense product on a pruned layer: what the sparse formats must not be slower than. */
final class EspalierDense implements Peer {
    @Override
    public String name() {
        return "espalier-dense";
    }

    @Override
    public String describe() {
        return Kernels.active().name() + " kernels, zeros multiplied like any other weight";
    }

    @Override
    public Optional<Supplier<Work>> offer(Task task) {
        return task instanceof Sparse sparse ? Optional.of(() -> product(sparse)) : Optional.empty();
    }

    private static Work product(Sparse task) {
        var kernels = Kernels.active();
        int out = task.out();
        int in = task.in();
        int batch = task.batch();
        var w = task.w();
        var x = task.x();
        var y = new float[out * batch];
        return Work.filling(y, () -> kernels.gemm(
                false, false, out, batch, in, w, 0, in, x, 0, batch, false, y, 0, batch));
    }
}
