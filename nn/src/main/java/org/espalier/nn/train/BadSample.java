package org.espalier.nn.train;

import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * An element of a sample that is NaN or infinite and makes a loss so. A model may take NaN as input and replace it;
 * then it is not to blame.
 *
 * @param row which sample of the batch
 * @param place where in it, such as {@code feature 3} or {@code the target}
 * @param value what stands there
 */
record BadSample(int row, String place, float value) {
    static Optional<BadSample> find(Layer model, Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            var bad = find(model, batch, row);
            if (bad.isPresent()) {
                return bad;
            }
        }
        return Optional.empty();
    }

    private static Optional<BadSample> find(Layer model, Batch batch, int row) {
        var target = batch.targets().slice(0, row, row + 1);
        int wrong = firstNotFinite(target);
        if (wrong >= 0) {
            return Optional.of(new BadSample(
                    row, target.size() == 1 ? "the target" : "target " + wrong, Storage.array(target)[wrong]));
        }
        var input = batch.inputs().slice(0, row, row + 1);
        wrong = firstNotFinite(input);
        if (wrong < 0 || isFinite(model, input) || !isFinite(model, withZeros(input))) {
            return Optional.empty();
        }
        return Optional.of(new BadSample(row, "feature " + wrong, Storage.array(input)[wrong]));
    }

    private static boolean isFinite(Layer model, Tensor input) {
        return firstNotFinite(NoGrad.call(() -> model.forward(input, Mode.inference()))) < 0;
    }

    private static Tensor withZeros(Tensor input) {
        float[] elements = input.toArray();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Float.isFinite(elements[i]) ? elements[i] : 0;
        }
        return Storage.adopt(input.shape(), elements);
    }

    private static int firstNotFinite(Tensor tensor) {
        float[] elements = Storage.array(tensor);
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                return i;
            }
        }
        return -1;
    }
}
