package org.espalier.bench.peer;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.bench.task.Training;

/** A training step of libtorch: autograd's own backward pass, then Adam in native code, parameter by parameter. */
final class TorchTraining implements Work {
    private final List<PtNDArray> parameters;
    private final List<PtNDArray> first = new ArrayList<>();
    private final List<PtNDArray> second = new ArrayList<>();
    private final List<PtNDArray> inputs = new ArrayList<>();
    private final List<PtNDArray> targets = new ArrayList<>();
    private final PtNDArray one;
    private int next;
    private int steps;

    private TorchTraining(Training task, NDManager manager) {
        parameters = Torch.parameters(manager, task.net());
        for (var parameter : parameters) {
            first.add((PtNDArray) manager.zeros(parameter.getShape()));
            second.add((PtNDArray) manager.zeros(parameter.getShape()));
        }
        var x = task.x();
        var labels = task.labels();
        int batch = task.batch();
        int classes = task.net().outputs();
        for (int i = 0; i < task.batches(); i++) {
            inputs.add(Torch.array(manager, task.batch(x, i), batch, task.net().inputs()));
            targets.add(Torch.array(
                    manager, oneHot(classes, Arrays.copyOfRange(labels, i * batch, (i + 1) * batch)), batch, classes));
        }
        one = (PtNDArray) manager.create(1f);
        JniUtils.setGradMode(true);
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
    }

    static Work of(Training task) {
        return new TorchTraining(task, Torch.load(task.threads()));
    }

    /** Minus one over the batch at each label: the loss is the sum of these times the log-softmax. */
    private static float[] oneHot(int classes, int[] labels) {
        var weights = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            weights[i * classes + labels[i]] = -1f / labels.length;
        }
        return weights;
    }

    @Override
    public Object run() {
        step().close();
        return this;
    }

    private PtNDArray step() {
        var between = new ArrayList<PtNDArray>();
        var logits = Torch.forward(inputs.get(next), parameters, between);
        var logSoftmax = JniUtils.logSoftmax(logits, 1, logits.getDataType());
        var weighted = JniUtils.mul(logSoftmax, targets.get(next));
        var loss = JniUtils.sum(weighted);
        JniUtils.backward(loss, one, false, false);
        next = (next + 1) % inputs.size();
        between.addAll(List.of(logits, logSoftmax, weighted));
        between.forEach(PtNDArray::close);
        update();
        return loss;
    }

    private void update() {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(0.999, steps)) / (1 - Math.pow(0.9, steps));
        float corrected = (float) (Training.RATE * correction);
        for (int i = 0; i < parameters.size(); i++) {
            try (var gradient = JniUtils.getGradient(parameters.get(i))) {
                JniUtils.adamUpdate(
                        parameters.get(i), gradient, first.get(i), second.get(i), Training.RATE, corrected, 0, 1, -1,
                        0.9f, 0.999f, 1e-8f, false);
                JniUtils.zeroGrad(parameters.get(i));
            }
        }
    }

    @Override
    public float[] result() {
        var losses = new float[Training.CHECKED_STEPS];
        for (int i = 0; i < losses.length; i++) {
            try (var loss = step()) {
                losses[i] = loss.toFloatArray()[0];
            }
        }
        return losses;
    }
}
