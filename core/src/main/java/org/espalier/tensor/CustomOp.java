package org.espalier.tensor;

/**
 * The door for operations of your own: implement the four methods of {@link Op} in a record and call
 * {@code Op.apply(new MyOp(...), x)}. Read inputs through {@link Storage#array}; write the gradient in tensor methods.
 */
public non-sealed interface CustomOp extends Op {}
