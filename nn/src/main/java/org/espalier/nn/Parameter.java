package org.espalier.nn;

import java.util.Optional;
import org.espalier.tensor.Rng;
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
    private final Shape shape;
    /** Null until the value is drawn. */
    private volatile State state;
    private Rng stream;

    /** The value and the mask of one moment. */
    record State(Tensor value, MaskHistory history) {
        /** The mask, or null. */
        Mask mask() {
            return history.mask().orElse(null);
        }
    }

    private Parameter(String name, Shape shape) {
        this.name = name;
        this.trainable = true;
        this.shape = shape;
        this.stream = Rng.of(0).split(0);
    }

    private Parameter(String name, boolean trainable, Tensor value) {
        this.name = name;
        this.trainable = trainable;
        this.shape = value.shape();
        this.state = new State(trainable ? value.withGrad() : value.detach(), new MaskHistory(null));
    }

    /** A parameter that optimizers change. */
    public static Parameter of(String name, Tensor value) {
        return new Parameter(name, true, value);
    }

    /**
     * A weight of two or more axes that starts random, drawn by {@link Init#heNormal} when it is first read unless it
     * was set before: how layers start. Which numbers depends on its place in the model.
     */
    public static Parameter drawn(String name, Shape shape) {
        return new Parameter(name, shape);
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

    /** Gives a weight that is not drawn yet another stream of random numbers. */
    synchronized void place(Rng other) {
        stream = other;
    }

    private synchronized State draw() {
        if (state == null) {
            state = new State(Init.heNormal().draw(shape, stream).withGrad(), new MaskHistory(null));
        }
        return state;
    }

    /** The current value: a leaf that requires gradients if the parameter is trainable. */
    public Tensor value() {
        return state().value;
    }

    /** The shape, which never changes. */
    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** The mask, if there is one. */
    public Optional<Mask> mask() {
        var now = state;
        return now == null ? Optional.empty() : now.history.mask();
    }

    /** The current node of the history of masks. */
    public MaskHistory maskHistory() {
        return state().history;
    }

    /** Value and mask, which belong together. */
    State state() {
        var now = state;
        return now == null ? draw() : now;
    }

    /** How many elements the mask keeps; all of them without a mask. */
    public int kept() {
        var now = state;
        return now == null || now.mask() == null ? size() : now.mask().kept();
    }

    /**
     * Replaces the value; what the mask does not keep becomes +0.
     *
     * @throws ShapeException if the shape differs
     */
    public synchronized void assign(Tensor value) {
        requireShape(value.shape());
        replace(value, state == null ? null : state.mask());
    }

    /**
     * Sets the mask, in place of any before, and zeroes what it does not keep. An element that the new mask keeps and
     * the old one did not starts at +0; its optimizer state starts at zero too.
     *
     * @throws ShapeException if the mask has another shape
     */
    public synchronized void assignMask(Mask mask) {
        requireShape(mask.shape());
        replace(value(), mask);
    }

    /** Keeps only what both the present mask and this one keep. */
    public synchronized void restrict(Mask mask) {
        var present = state().mask();
        assignMask(present == null ? mask : present.and(mask));
    }

    /** Removes the mask; the zeros stay as values. */
    public synchronized void clearMask() {
        replace(value(), null);
    }

    /** The value, untracked, and the mask, of one moment. */
    public StateDict.Entry entry() {
        var now = state();
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
        var history = state == null ? new MaskHistory(mask) : state.history.followedBy(mask);
        state = new State(trainable ? projected.withGrad() : projected.detach(), history);
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
