package org.espalier.nn.table;

/**
 * What the outputs of a model mean for a target, in arrays of the caller's: for programs that answer many rows without
 * making an object for each.
 *
 * @param target what is predicted
 * @param probabilities whether the outputs are probabilities already, because the model ends with a softmax or a
 *     sigmoid
 */
public record OutputDecoder(Target target, boolean probabilities) {
    /** How many probabilities a row has: one for each class or label, none for a number. */
    public int width() {
        if (target instanceof Target.Regression) {
            return 0;
        }
        return target instanceof Target.Binary ? 2 : target.outputs();
    }

    /**
     * The probabilities of the classes or labels, in the target's order; of two classes, the negative one first.
     *
     * @param outputs the outputs of the model, those of this row from {@code from} on
     * @param into for {@link #width} numbers from {@code at} on
     */
    public void probabilities(float[] outputs, int from, float[] into, int at) {
        if (target instanceof Target.Binary) {
            float positive = sigmoid(outputs[from]);
            into[at] = 1 - positive;
            into[at + 1] = positive;
        } else if (target instanceof Target.MultiLabel) {
            for (int i = 0; i < target.outputs(); i++) {
                into[at + i] = sigmoid(outputs[from + i]);
            }
        } else if (target instanceof Target.Classes) {
            softmax(outputs, from, into, at, target.outputs());
        }
    }

    /**
     * The class that is answered, by its index.
     *
     * @param outputs the outputs of the model, those of this row from {@code from} on
     * @throws IllegalStateException if the target is no class
     */
    public int classOf(float[] outputs, int from) {
        if (target instanceof Target.Binary binary) {
            return sigmoid(outputs[from]) >= binary.threshold() ? 1 : 0;
        }
        if (!(target instanceof Target.Classes)) {
            throw new IllegalStateException("the answer is not one class but " + target);
        }
        int best = 0;
        for (int i = 1; i < target.outputs(); i++) {
            best = outputs[from + i] > outputs[from + best] ? i : best;
        }
        return best;
    }

    private float sigmoid(float output) {
        return probabilities ? output : (float) (1 / (1 + StrictMath.exp(-output)));
    }

    private void softmax(float[] outputs, int from, float[] into, int at, int count) {
        if (probabilities) {
            System.arraycopy(outputs, from, into, at, count);
            return;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, outputs[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += StrictMath.exp(outputs[from + i] - largest);
        }
        for (int i = 0; i < count; i++) {
            into[at + i] = (float) (StrictMath.exp(outputs[from + i] - largest) / sum);
        }
    }
}
