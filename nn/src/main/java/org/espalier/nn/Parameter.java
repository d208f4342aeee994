package org.espalier.nn;

import java.util.Optional;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * A named tensor that a model learns, with an optional {@link Mask}.
 *
 * <p>The mask belongs to the parameter: whatever the value is set to, by an optimizer, a file or a user, an element
 * that the mask does not keep is exactly +0. The value is an immutable tensor that is replaced as a whole together with
 * the mask, so readers on other threads see one state or the next, never a mixture.
 */
public final class Parameter {
    private final String name;
    private final boolean trainable;
    private volatile State state;

    /** The value and the mask of one moment. */
    record State(Tensor value, MaskHistory history) {
        /** The mask, or null. */
        Mask mask() {
            return history.mask().orElse(null);
        }
    }

    private Parameter(String name, boolean trainable, Tensor value) {
        this.name = name;
        this.trainable = trainable;
        this.state = new State(trainable ? value.withGrad() : value.detach(), new MaskHistory(null));
    }

    /** A parameter that optimizers change. */
    public static Parameter of(String name, Tensor value) {
        return new Parameter(name, true, value);
    }

    /** State that is saved with the model but not learned by gradients: running statistics. */
    public static Parameter buffer(String name, Tensor value) {
        return new Parameter(name, false, value);
    }

    /** The name within its layer, such as {@code weight}. */
    public String name() {
        return name;
    }

    /** Whether optimizers change it. */
    public boolean isTrainable() {
        return trainable;
    }

    /** The current value: a leaf that requires gradients if the parameter is trainable. */
    public Tensor value() {
        return state.value;
    }

    /** The shape, which never changes. */
    public Shape shape() {
        return state.value.shape();
    }

    /** The number of elements. */
    public int size() {
        return state.value.size();
    }

    /** The mask, if there is one. */
    public Optional<Mask> mask() {
        return state.history.mask();
    }

    /** The current node of the history of masks. */
    public MaskHistory maskHistory() {
        return state.history;
    }

    /** Value and mask, which belong together. */
    State state() {
        return state;
    }

    /** How many elements the mask keeps; all of them without a mask. */
    public int kept() {
        var mask = state.mask();
        return mask == null ? size() : mask.kept();
    }

    /**
     * Replaces the value; what the mask does not keep becomes +0.
     *
     * @throws ShapeException if the shape differs
     */
    public synchronized void assign(Tensor value) {
        requireShape(value.shape());
        replace(value, state.mask());
    }

    /**
     * Sets the mask, in place of any before, and zeroes what it does not keep. An element that the new mask keeps and
     * the old one did not starts at +0; its optimizer state starts at zero too.
     *
     * @throws ShapeException if the mask has another shape
     */
    public synchronized void assignMask(Mask mask) {
        requireShape(mask.shape());
        replace(state.value, mask);
    }

    /** Keeps only what both the present mask and this one keep. */
    public synchronized void restrict(Mask mask) {
        var present = state.mask();
        assignMask(present == null ? mask : present.and(mask));
    }

    /** Removes the mask; the zeros stay as values. */
    public synchronized void clearMask() {
        replace(state.value, null);
    }

    /** The value, untracked, and the mask, of one moment. */
    public StateDict.Entry entry() {
        var now = state;
        return new StateDict.Entry(now.value.detach(), now.history.mask());
    }

    /** Sets value and mask together. */
    synchronized void restore(StateDict.Entry entry) {
        requireShape(entry.value().shape());
        entry.mask().ifPresent(mask -> requireShape(mask.shape()));
        replace(entry.value(), entry.mask().orElse(null));
    }

    private void replace(Tensor value, Mask mask) {
        var projected = mask == null ? value : mask.applyTo(value);
        state = new State(trainable ? projected.withGrad() : projected.detach(), state.history.followedBy(mask));
    }

    void requireShape(Shape shape) {
        if (!shape.equals(shape())) {
            throw new ShapeException("parameter " + name + ": has shape " + shape() + ", was given " + shape);
        }
    }

    /** For example {@code weight[300, 784]}. */
    @Override
    public String toString() {
        return name + shape();
    }
}
