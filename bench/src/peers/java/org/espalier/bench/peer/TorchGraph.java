package org.espalier.bench.peer;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import org.espalier.bench.task.AutogradGraph;

/** A chain of small operations through libtorch's autograd, one native call each. */
final class TorchGraph implements Work {
    private final int ops;
    private final PtNDArray x;
    private final PtNDArray one;

    private TorchGraph(AutogradGraph task, NDManager manager) {
        ops = task.ops();
        var values = task.x();
        x = Torch.array(manager, values, values.length);
        one = (PtNDArray) manager.create(1f);
        JniUtils.setGradMode(true);
        x.setRequiresGradient(true);
    }

    static Work of(AutogradGraph task) {
        return new TorchGraph(task, Torch.load(task.threads()));
    }

    @Override
    public Object run() {
        step();
        JniUtils.zeroGrad(x);
        return this;
    }

    private void step() {
        var made = new ArrayList<PtNDArray>();
        var y = x;
        for (int op = 0; op < ops; op += 2) {
            var product = JniUtils.mul(y, x);
            y = JniUtils.add(product, x);
            made.add(product);
            made.add(y);
        }
        made.add(JniUtils.sum(y));
        JniUtils.backward(made.getLast(), one, false, false);
        made.forEach(PtNDArray::close);
    }

    @Override
    public float[] result() {
        step();
        try (var gradient = JniUtils.getGradient(x)) {
            return gradient.toFloatArray();
        }
    }
}
