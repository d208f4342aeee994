package org.espalier.tensor;

/**
 * The door for operations of your own: implement {@link Op#shape}, {@link Op#forward} and {@link Op#vjp} in a record
 * and call {@code Op.apply(new MyOp(...), x)}. Read inputs through {@link Storage#array}; write the gradient in tensor
 * methods, and let {@link GradCheck} check it.
 */
public non-sealed interface CustomOp extends Op {
    @Override
    default int arity() {
        return -1;
    }
}
