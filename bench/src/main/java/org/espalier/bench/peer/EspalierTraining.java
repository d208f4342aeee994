package org.espalier.bench.peer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.bench.task.Training;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.BoundOptimizer;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Our training step. */
final class EspalierTraining implements Work {
    private final Layer model;
    private final BoundOptimizer optimizer;
    private final List<Batch> batches;
    private final Mode mode = Mode.training(Rng.of(1)).sparse();
    private int next;

    private EspalierTraining(Layer model, List<Batch> batches) {
        this.model = model;
        this.optimizer = Optimizer.adam(Training.RATE).bind(model);
        this.batches = batches;
    }

    static Work of(Training task) {
        var x = task.x();
        var labels = task.labels();
        var batches = new ArrayList<Batch>();
        for (int i = 0; i < task.batches(); i++) {
            var targets = new float[task.batch()];
            for (int j = 0; j < targets.length; j++) {
                targets[j] = labels[i * targets.length + j];
            }
            batches.add(new Batch(
                    Storage.adopt(Shape.of(task.batch(), task.net().inputs()), task.batch(x, i)),
                    Tensor.vector(targets)));
        }
        var training = new EspalierTraining(EspalierPeer.model(task.net()), batches);
        return task.threads() == 1 ? training : new Threaded(training, Parallelism.of(task.threads()));
    }

    @Override
    public Tensor run() {
        var batch = batches.get(next);
        next = (next + 1) % batches.size();
        var loss = Loss.crossEntropy().value(model.forward(batch.inputs(), mode), batch.targets());
        optimizer.step(loss.backward());
        return loss;
    }

    @Override
    public float[] result() {
        var losses = new float[Training.CHECKED_STEPS];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = run().item();
        }
        return losses;
    }

    /** The same inside a pool. */
    private record Threaded(EspalierTraining training, Parallelism pool) implements Work {
        @Override
        public Object run() {
            return pool.call(training::run);
        }

        @Override
        public float[] result() {
            return pool.call(training::result);
        }
    }
}
