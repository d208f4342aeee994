package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Workload;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Products and layers as they are written while a model is being built: new tensors every time. */
final class EspalierTensor implements Peer {
    @Override
    public String name() {
        return "espalier-tensor";
    }

    @Override
    public String describe() {
        return KernelChoice.current().dense().name() + " kernels through Tensor, a new result each time";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        if (task.threads() != 1) {
            return Optional.empty();
        }
        return switch (task) {
            case MatrixProduct product -> Optional.of(() -> product(product));
            case Dense dense when dense.batch() == 1 -> Optional.of(() -> layer(dense));
            case Inference inference when !inference.net().isPruned() -> Optional.of(() -> layers(inference));
            default -> Optional.empty();
        };
    }

    /** One row through the same weights again and again: from the second product on they are kept packed. */
    private static Work layer(Dense task) {
        var x = Storage.adopt(Shape.of(1, task.in()), task.x());
        var w = Storage.adopt(Shape.of(task.out(), task.in()), task.w());
        return tensor(1, () -> x.linear(w));
    }

    private static Work layers(Inference task) {
        var model = EspalierPeer.model(task.net());
        var x = Storage.adopt(Shape.of(task.batch(), task.net().inputs()), task.x());
        return tensor(task.threads(), () -> NoGrad.call(() -> model.forward(x)));
    }

    static Work product(MatrixProduct task) {
        var a = Storage.adopt(Shape.of(task.m(), task.k()), task.a());
        var b = Storage.adopt(Shape.of(task.k(), task.n()), task.b());
        return tensor(task.threads(), () -> a.matmul(b));
    }

    static Work graph(AutogradGraph task) {
        var x = Tensor.vector(task.x()).withGrad();
        return Work.returning(() -> {
            var y = x;
            for (int op = 0; op < task.ops(); op += 2) {
                y = y.times(x).plus(x);
            }
            return Storage.array(y.sum().backward().of(x));
        });
    }

    /** Work that makes a tensor, inside a pool if it may use several threads. */
    static Work tensor(int threads, Supplier<Tensor> body) {
        if (threads == 1) {
            return Work.returning(() -> Storage.array(body.get()));
        }
        // Daemon threads; the measured process ends with the measurement.
        var pool = Parallelism.of(threads);
        return Work.returning(() -> Storage.array(pool.call(body)));
    }
}
