package org.espalier.tensor;

/**
 * An operation on tensors: its shape rule, its value and its gradient, declared in one place. An op is an immutable
 * record whose components are its attributes; {@link #apply} is the only way a tensor enters the gradient graph.
 *
 * <p>The families below are sealed and their ops nested in them, so the whole set can be enumerated; the contract test
 * does, and fails for an op without samples or without a gradient check. {@link CustomOp} is the door for users.
 */
public sealed interface Op
        permits Unary, Binary, Selection, Reduction, Normalization, Movement, Indexing, Contraction, Fused, CustomOp {

    /** The name used in messages: the record's own name in camel case. */
    default String name() {
        var simple = getClass().getSimpleName();
        return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }

    /** How many inputs there are; −1 if any number will do. */
    default int arity() {
        return 1;
    }

    /**
     * The shape of the result. The number of inputs has been checked.
     *
     * @throws ShapeException if the inputs do not fit the op
     */
    Shape shape(Shape... inputs);

    /**
     * Writes the value, row-major, into {@code out}: a fresh array of zeros of the result's size. Not called for a
     * result without elements.
     */
    void forward(float[] out, Tensor... inputs);

    /**
     * The vector-Jacobian product: the gradient with respect to input {@code input}, counted from 0, given the gradient
     * {@code g} of the result {@code y}. Written in ops, so that it can be differentiated again. It may have the
     * broadcast shape: the backward pass sums it back to the input's. Asked only for inputs that are tracked.
     */
    Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs);

    /**
     * Whether a gradient flows through; if not (comparisons, signs), the result is a constant and {@code vjp} is never
     * called.
     */
    default boolean differentiable() {
        return true;
    }

    /** The value as an untracked tensor; ops that share their input's storage override it. */
    default Tensor evaluate(Shape shape, Tensor... inputs) {
        var out = new float[shape.size()];
        if (out.length > 0) {
            forward(out, inputs);
        }
        return new Tensor(shape, out, null);
    }

    /**
     * Computes the op, and records it in the gradient graph when an input is tracked and no {@link NoGrad} is in force.
     *
     * @throws ShapeException if the inputs do not fit the op, in number or in shape
     */
    static Tensor apply(Op op, Tensor... inputs) {
        var shapes = new Shape[inputs.length];
        boolean tracked = false;
        for (int i = 0; i < inputs.length; i++) {
            shapes[i] = inputs[i].shape();
            tracked |= inputs[i].requiresGrad();
        }
        if (op.arity() >= 0 && op.arity() != inputs.length) {
            throw ShapeException.of(op.name(), "takes " + op.arity() + " inputs, not " + inputs.length, shapes);
        }
        var value = op.evaluate(op.shape(shapes), inputs);
        // The node keeps a copy: the array may be the caller's.
        var result = tracked && op.differentiable() && !NoGrad.isActive()
                ? value.recordedAs(new Node(op, inputs.clone()))
                : value;
        return Recording.note(op, result, inputs);
    }
}
