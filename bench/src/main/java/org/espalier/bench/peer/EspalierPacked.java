package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Workload;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.choice.KernelChoice;

/** Our layer product with weights rearranged once, as inference does it. */
final class EspalierPacked implements Peer {
    @Override
    public String name() {
        return "espalier-packed";
    }

    @Override
    public String describe() {
        return KernelChoice.current().dense().name() + " kernels, constant weights packed before the clock starts";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Dense dense ? Optional.of(() -> dense(dense)) : Optional.empty();
    }

    private static Work dense(Dense task) {
        var kernels = KernelChoice.current().dense();
        var x = task.x();
        var w = kernels.pack(true, task.in(), task.out(), task.w(), 0, task.in());
        var y = new float[task.batch() * task.out()];
        return Work.filling(y,
                () -> kernels.linearPacked(task.batch(), x, 0, w, null, 0, FusedActivation.NONE, y, 0, task.out()));
    }
}
